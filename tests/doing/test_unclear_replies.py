"""A colleague's reply that may not have gone: what its person says meanwhile still counts."""

from datetime import UTC, datetime

import pytest

from store.staff import Role
from store.upkeep import Outgoing, Sending
from tests.catch_up.conftest import Lost, says, takes_but_says, twilio  # noqa: F401 (fixture)
from tests.desk.conftest import Desk, seated
from tests.doing.conftest import path, rows, send
from tests.doing.test_back_room import TEXT
from workers import sending

SAYS_NO = "Don't text me any more, he reads my phone"
UNCLEAR, BUSY = "500 ERROR", "429 TOO MANY"


@pytest.fixture
def abroad(line, twilio):  # noqa: F811
    """Somebody of whom we know that texting is safe, and a Twilio that may be unclear."""
    abroad = Lost(line, twilio)
    abroad.at, abroad.desk = datetime.now(UTC), Desk(line)
    for body in ("my carer hits me", "1"):
        line.text(body)
    abroad.item = line.items()[-1]
    return abroad


def replies(abroad, role, answer):
    """A colleague replies, and Twilio answers so."""
    abroad.twilio.oddly.append(("POST ", answer))
    reason = {"reply_reason": "The council asked us to"} if role is Role.LEAD else {}
    asked = seated(abroad.desk, role, role.value), f"{path(abroad.item)}/reply"
    assert send(*asked, reply=TEXT, **reason).status_code == 302
    sending.send(abroad.room, 1)


def some_minutes_later(abroad):
    abroad.later(minutes=5)
    sending.send(abroad.room, 1)
    [text] = rows(abroad.desk, Outgoing)
    return text.state, text.reason


@pytest.mark.parametrize("said", [SAYS_NO, "STOP"])
@pytest.mark.parametrize("answer", [UNCLEAR, BUSY])
def test_a_reply_that_twilio_never_had_does_not_go_to_who_wants_no_texts_by_now(
    abroad, said, answer
):
    replies(abroad, Role.TRIAGER, says(answer))
    abroad.line.text(said)
    state, _ = some_minutes_later(abroad)

    assert (abroad.sent(), state) == ([], Sending.FAILED)


@pytest.mark.parametrize("answer", [UNCLEAR, BUSY])
def test_what_the_lead_wrote_before_the_no_does_not_go_after_it_either(abroad, answer):
    abroad.line.text("no")
    abroad.line.text("ok")
    replies(abroad, Role.LEAD, says(answer))
    abroad.line.text(SAYS_NO)
    state, reason = some_minutes_later(abroad)

    assert (abroad.sent(), state) == ([], Sending.FAILED)
    assert "not allowed any more" in reason


def test_what_the_lead_wrote_against_a_no_that_they_knew_goes_when_twilio_never_had_it(abroad):
    abroad.line.text(SAYS_NO)
    replies(abroad, Role.LEAD, says(UNCLEAR))
    state, _ = some_minutes_later(abroad)

    assert (abroad.sent(), state) == ([TEXT], Sending.SENT)


def test_a_reply_that_twilio_had_is_known_as_sent_whatever_was_said_since(abroad):
    replies(abroad, Role.TRIAGER, takes_but_says(UNCLEAR))
    abroad.line.text(SAYS_NO)
    state, _ = some_minutes_later(abroad)

    assert (abroad.sent(), state) == ([TEXT], Sending.SENT)
