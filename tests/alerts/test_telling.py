"""Who is told of an alert, when, by which way; and that nobody is told twice."""

from store import alert_messages, alerts
from store.alert_rows import Why
from store.models import Feedback, Status
from store.upkeep import Outgoing, Sending
from tests.alerts.conftest import ANN, BOB, LEA, NIGHT, PEOPLE, R1, R2, london
from tests.driver import CALLER
from workers import alert_round


def test_words_of_crisis_reach_the_first_on_the_rota_by_text_and_mail(duty):
    duty.say(R1)
    duty.goes_on()

    assert (duty.texted(), duty.mailed()) == ([ANN], ["ann@example.org"])


def test_a_webhook_with_words_of_crisis_calls_the_rota(small):
    small.line.text(R1)

    assert [alert.why for alert in small.alerts()] == [Why.R1]


def test_an_alert_says_which_item_and_nothing_of_it(small):
    small.say(R1)
    small.goes_on()
    signs = small.item().reference
    text, mail = small.sent()[0], small.mail.letters[0]

    for words in (text, mail):
        assert f"{signs[:4]}-{signs[4:]}" in words
        assert "https://line.example.org/alerts/" in words
        assert "R1" in words
        assert not any(said in words for said in ("kill", "myself", CALLER, "7700900123"))
    assert "OK" in text


def test_ordinary_words_call_nobody(small):
    small.say("The nurse was kind but the wait was long")
    small.goes_on()

    assert small.alerts() == []


def test_repeats_of_words_of_crisis_are_one_alert(small):
    for _ in range(3):
        small.say(R1)
        small.goes_on()

    assert len(small.alerts()) == 1
    assert small.texted() == [ANN]


def test_a_repeated_webhook_is_one_alert(small):
    for _ in range(2):
        small.say(R1, sid="SM" + "7" * 32)
    small.goes_on()

    assert small.texted() == [ANN]


def test_words_of_crisis_after_an_answer_call_again(duty):
    duty.say(R1)
    duty.goes_on()
    duty.say("OK", frm=ANN)
    duty.later(minutes=5)
    duty.say(R1)
    duty.goes_on()

    assert duty.texted() == [ANN, ANN]
    assert [bool(a.acknowledged_at) for a in duty.alerts()] == [True, False]


def test_words_of_crisis_call_anew_when_everybody_slept_through_the_last_ones(duty):
    duty.say(R1)
    duty.goes_on()
    duty.pass_by(45, 5)
    assert duty.alerts()[0].due_at > duty.at
    duty.say(R1)
    duty.goes_on()

    assert duty.texted()[4:] == [ANN]
    assert duty.incidents() == {"alert"}


def test_a_second_cry_in_a_night_asleep_calls_at_once_and_at_the_opening_too(small):
    small.at = NIGHT
    small.say(R1)
    small.goes_on()
    small.pass_by(60, 5)
    small.say(R1)
    small.goes_on()
    small.pass_by(60, 5)
    assert small.texted() == [ANN, BOB, LEA, LEA] * 2
    small.at = london(2026, 11, 23, 9)
    small.goes_on()

    assert small.texted()[8:] == [ANN]


def test_cry_upon_cry_holds_up_no_escalation(small):
    small.say(R1)
    small.goes_on()
    small.pass_by(45, 5)
    for _ in range(10):
        small.say(R1)
        small.goes_on()
        small.later(minutes=2)

    assert small.texted()[4:] == [ANN, BOB]


def test_a_colleague_who_cries_for_help_is_not_called_to_their_own_cry(small):
    small.say(R1, frm=ANN)
    small.goes_on()

    assert small.texted() == [BOB]


def test_words_of_abuse_call_once_however_often_they_come(small):
    small.say(R2)
    small.goes_on()
    small.say("OK", frm=ANN)
    small.say(R2)
    small.goes_on()

    assert small.texted() == [ANN]


def test_words_of_abuse_on_an_item_that_was_finished_call_again(small):
    small.say(R2)
    small.goes_on()
    small.say("OK", frm=ANN)
    finished(small)
    small.later(minutes=5)
    small.say(R2)
    small.goes_on()

    assert small.texted() == [ANN, ANN]


def test_words_of_abuse_call_though_the_item_was_one_of_crisis_that_was_finished(small):
    """Told to nobody before: who finished it had read of a wish to die, not of a carer."""
    small.say(R1)
    small.goes_on()
    small.say("OK", frm=ANN)
    finished(small)
    small.later(minutes=90)
    small.say(R2)
    small.goes_on()

    assert [(a.why, bool(a.acknowledged_at)) for a in small.alerts()] == [
        (Why.R1, True),
        (Why.R2, False),
    ]
    assert small.texted() == [ANN, ANN]


def test_the_first_words_of_abuse_call_though_somebody_has_the_words_of_crisis(small):
    small.say(R1)
    small.goes_on()
    small.say("OK", frm=ANN)
    small.later(minutes=5)
    for _ in range(2):
        small.say(R2)
        small.goes_on()

    assert [alert.why for alert in small.alerts()] == [Why.R1, Why.R2]
    assert small.texted() == [ANN, ANN]


def test_words_of_abuse_call_nobody_more_while_the_words_of_crisis_are_still_told(small):
    """Whoever takes those reads these beside them."""
    small.say(R1)
    small.goes_on()
    small.say(R2)
    small.goes_on()

    assert [alert.why for alert in small.alerts()] == [Why.R1]


def test_words_of_abuse_that_became_words_of_crisis_call_once_however_often_they_come(small):
    small.say(R2)
    small.say(R1)
    small.goes_on()
    small.say("OK", frm=ANN)
    small.say(R2)
    small.goes_on()

    assert [alert.why for alert in small.alerts()] == [Why.R2, Why.R1]
    assert small.texted() == [ANN]


def finished(duty):
    """Somebody has seen to the item, and closes it."""
    with duty.room.database.writing() as session:
        item = session.get(Feedback, duty.item().id)
        item.status, item.closed_at = Status.FINISHED, duty.at


def test_words_of_crisis_overtake_words_of_abuse(small):
    small.say(R2)
    small.say(R1)
    small.goes_on()

    assert [(a.why, a.how) for a in small.alerts()] == [(Why.R2, "overtaken"), (Why.R1, None)]
    assert small.texted() == [ANN]


def test_the_record_says_who_was_told_when_by_which_way_and_how_it_fared(duty):
    duty.say(R1)
    duty.mail.stop()
    duty.goes_on()
    duty.mail.start()
    with duty.room.database.reading() as session:
        (alert,) = alerts.unacknowledged(session)
        record = alert_messages.of(session, [alert])[alert.id]

    assert [(m.person, m.way, m.at, m.state) for m in record] == [
        ("Ann", "text", duty.at, Sending.SENT),
        ("Ann", "mail", duty.at, Sending.DUE),
    ]
    assert record[1].reason == "The mail server cannot be used (ConnectionRefusedError)."


def test_two_items_at_once_are_two_alerts(duty):
    duty.say(R1)
    duty.say(R1, frm="+447700900888")
    duty.goes_on()

    assert duty.texted() == [ANN, ANN]
    assert len(set(duty.sent())) == 2


def test_whoever_cannot_be_reached_is_not_waited_for(small):
    small.rota(PEOPLE[1], PEOPLE[2])
    small.say("STOP", frm=BOB)
    small.say(R1)
    small.goes_on()
    small.goes_on()

    assert small.texted() == [LEA]
    assert small.rows(Outgoing)[0].reason == "This phone has opted out of texts."


def test_what_was_not_sent_yet_is_not_sent_once_somebody_has_it(small):
    small.say(R1)
    small.goes_on()
    small.later(minutes=10)
    alert_round.advance(small.room)
    small.say("OK", frm=ANN)
    small.goes_on()

    assert small.texted() == [ANN]
    assert small.rows(Outgoing)[-1].reason == alerts.TAKEN


def test_a_crisis_reply_that_failed_calls_the_rota(duty):
    duty.say("The ward was loud")
    _reply(duty, crisis=True)
    duty.goes_on()

    assert [a.why for a in duty.alerts()] == [Why.UNANSWERED]
    assert duty.texted() == [ANN]
    duty.goes_on()
    assert len(duty.alerts()) == 1


def test_a_crisis_reply_that_failed_while_the_clock_was_dead_calls_the_rota(small):
    small.say("The ward was loud")
    _reply(small, crisis=True)
    small.later(days=6)
    for _ in range(2):
        small.goes_on()

    assert [a.why for a in small.alerts()] == [Why.UNANSWERED]


def test_another_reply_that_failed_calls_nobody(small):
    small.say("The ward was loud")
    _reply(small, crisis=False)
    small.goes_on()

    assert small.alerts() == []


def _reply(duty, crisis):
    item = duty.item()
    with duty.room.database.writing() as session:
        session.add(
            Outgoing(
                key="reply:one",
                caller_id=item.caller_id,
                feedback_id=item.id,
                sender="+441214960000",
                body="You matter.",
                crisis=crisis,
                made_at=duty.at,
                state=Sending.FAILED,
            )
        )
