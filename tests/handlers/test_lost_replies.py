"""A crisis reply that does not arrive: the rota is called, and it is given again."""

import pytest

from store.alert_rows import Alert
from store.alerts import Why
from tests.handlers.replied import kind


def alerts(line):
    with line.house.database.reading() as session:
        return [alert.why for alert in session.query(Alert).order_by(Alert.id)]


def sent(line, body, status):
    """Text the line, and have Twilio tell how the reply fared where the reply asks for it."""
    answer = line.post(
        "/sms",
        MessageSid=(sid := line.sid("SM")),
        From="+447700900123",
        To="+441214960000",
        Body=body,
    )
    path = f"/sms/status/{sid}"
    told = f'statusCallback="{line.environ["PUBLIC_URL"]}{path}"' in answer.text
    if told:
        assert line.post(path, MessageSid=line.sid("SM"), MessageStatus=status).status_code == 200
    return told


@pytest.mark.parametrize("status", ["undelivered", "failed"])
def test_a_crisis_reply_that_does_not_arrive_alerts_the_rota(sqlite_line, status):
    sqlite_line.text("The ward was cold", frm="+447700900999")

    assert sent(sqlite_line, "I want to die", status)
    assert alerts(sqlite_line).count(Why.UNANSWERED) == 1


@pytest.mark.parametrize(
    ("status", "then"), [("undelivered", "crisis"), ("failed", "crisis"), ("delivered", "held")]
)
def test_help_that_did_not_arrive_is_named_again_at_the_next_words(sqlite_line, status, then):
    sent(sqlite_line, "I want to die", status)

    assert kind(sqlite_line.text("I want to die")) == then


def test_one_that_arrives_alerts_nobody_on_that_account(sqlite_line):
    assert sent(sqlite_line, "I want to die", "delivered")
    assert Why.UNANSWERED not in alerts(sqlite_line)


def test_how_other_replies_fare_is_not_asked(sqlite_line):
    assert not sent(sqlite_line, "The ward was cold", "failed")


def test_a_callback_about_a_text_that_we_never_had_is_harmless(sqlite_line):
    path = "/sms/status/SM%27%00nonsense"

    assert sqlite_line.post(path, MessageSid="SM1", MessageStatus="failed").status_code == 200
    assert alerts(sqlite_line) == []
