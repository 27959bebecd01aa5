"""Who gets a reply to a text that no webhook brought: the recent, and whoever is in crisis."""

from datetime import UTC, datetime, timedelta

import pytest

from store.arrival_rows import Caller, Conversation, Ledger
from store.upkeep import Outgoing
from tests.driver import CALLER

CRISIS = "I want to kill myself"
SAMARITANS = "Samaritans"


def test_a_text_of_a_few_minutes_ago_gets_its_reply(lost):
    sid = lost.text("The nurse was kind", minutes=20)

    counts = lost.catch_up()
    lost.answer()

    assert counts.replies == 1
    (body,) = lost.sent()
    assert lost.line.items()[-1].reference[:4] in body
    row = lost.rows(Outgoing)[0]
    assert (row.key, row.feedback_id) == (f"reply:{sid}", lost.line.items()[-1].id)
    assert lost.phone.texts.get(row.sid).to == CALLER


def test_a_text_of_two_hours_ago_gets_none(lost):
    lost.text("The nurse was kind", hours=2)

    assert lost.catch_up().replies == 0
    assert lost.rows(Outgoing) == []


def test_words_of_crisis_are_answered_however_late(lost):
    lost.text(CRISIS, days=1)

    lost.catch_up()
    lost.answer()

    assert SAMARITANS in lost.sent()[0]
    assert lost.line.items()[-1].tier == "R1"
    assert [row.crisis for row in lost.rows(Outgoing)] == [True]


def test_an_ordinary_reply_is_no_crisis_reply(lost):
    lost.text("The nurse was kind", minutes=20)

    lost.catch_up()

    assert [row.crisis for row in lost.rows(Outgoing)] == [False]


def test_a_crisis_reply_that_went_out_late_counts_from_when_it_went(lost):
    """Help was named a moment ago, though to words of this morning: not again within the hour."""
    lost.at = datetime.now(UTC)
    lost.text(CRISIS, hours=3)
    lost.catch_up()

    assert SAMARITANS in lost.line.text("The ward was cold, and I am still here")
    assert not (lost.line.text(CRISIS) or "").startswith("You matter")


def test_a_crisis_reply_that_went_out_late_and_was_lost_is_given_again(lost):
    lost.at = datetime.now(UTC)
    lost.text(CRISIS, hours=3)
    lost.catch_up()
    lost.answer()
    sid = lost.rows(Outgoing)[0].sid
    lost.line.post("/sms/status", MessageSid=sid, MessageStatus="undelivered")

    assert lost.line.text(CRISIS, sid="SM" + "f" * 32).startswith("You matter")


def test_old_words_of_crisis_are_answered_though_help_was_named_since(lost):
    lost.text(CRISIS, hours=30)
    lost.catch_up()
    with lost.line.house.database.writing() as session:
        talk = session.query(Conversation).order_by(Conversation.id.desc()).first()
        given = (lost.at - timedelta(hours=2)).isoformat()
        talk.state = {**talk.state, "crisis_at": given}
    lost.text(CRISIS, hours=20)

    assert lost.catch_up().replies == 1


def test_what_a_lost_text_signals_is_on_its_item(lost):
    lost.text("I'm 12 and the ward was cold", hours=3)

    lost.catch_up()

    assert lost.line.items()[-1].signals == ["child"]


def test_old_words_of_crisis_found_all_at_once_are_answered_once(lost):
    for hours in (30, 20, 10):
        lost.text(CRISIS, hours=hours)

    lost.catch_up()
    lost.answer()

    assert len(lost.sent()) == 1
    assert len(lost.line.items()[-1].texts) == 3


@pytest.mark.parametrize("words", ["The nurse was kind", CRISIS])
def test_a_phone_that_opted_out_gets_no_reply(lost, words):
    lost.line.text("STOP")
    lost.text(words, minutes=5)

    assert lost.catch_up().replies == 0


def test_a_short_code_gets_no_reply(lost):
    lost.text("You have won", frm="84433", minutes=5)

    assert lost.catch_up().replies == 0


def test_a_lost_stop_is_heard_and_confirmed(lost):
    lost.text("STOP", minutes=5)

    lost.catch_up()
    lost.answer()

    assert lost.rows(Caller)[-1].opted_out
    assert len(lost.sent()) == 1


def test_a_reply_by_rest_counts_towards_the_limit_of_an_hour(lost):
    for number in range(14):
        lost.text(f"And the food was cold, the bed too, nobody came {number}", minutes=50 - number)

    lost.catch_up()
    lost.answer()

    assert len(lost.sent()) == 12
    assert sum(row.replies for row in lost.rows(Ledger) if row.caller_id == 2) == 12
