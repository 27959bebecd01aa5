"""A text may wait in a spool, answered, while a catch-up finds it at Twilio."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from dialogue import text_intake
from dialogue.intake import Arrival, receive
from store import alerts, outgoing
from store.alert_rows import Alert
from store.upkeep import Outgoing
from tests.driver import CALLER, NUMBER


@pytest.fixture
def replay(line):
    """A text that a catch-up took in and means to answer comes from the spool, answered so."""

    def replayed(given: str | None) -> None:
        sid = line.sid("SM")
        line.text("The ward was clean", sid=sid)
        with line.house.database.writing() as session:
            for each, crisis in ((sid, True), ("SMother", False)):
                _due(session, line.items()[0], each, crisis)
        fields = (("MessageSid", sid), ("From", CALLER), ("To", NUMBER), ("Body", "x"))
        door = line.house.door
        came = Arrival("text", sid, "", datetime.now(UTC), fields, given=door.text(given))
        with line.house.database.writing() as session:
            receive(session, door, came, text_intake.take)

    return replayed


def _due(session, item, sid: str, crisis: bool) -> None:
    outgoing.make(
        session,
        key=f"reply:{sid}",
        caller_id=item.caller_id,
        feedback_id=item.id,
        sender=NUMBER,
        body="Thank you",
        at=datetime.now(UTC),
        crisis=crisis,
    )


def keys(line) -> list[str]:
    with line.house.database.reading() as session:
        return list(session.scalars(select(Outgoing.key)))


def test_what_was_answered_from_the_spool_gets_no_second_reply(line, replay):
    replay("Thank you")

    assert keys(line) == ["reply:SMother"]


def test_a_crisis_reply_that_is_not_needed_any_more_wakes_nobody(line, replay):
    replay("Call Samaritans")

    with line.house.database.writing() as session:
        alerts.unanswered(session, datetime.now(UTC))
        assert session.scalars(select(Alert)).all() == []


def test_what_got_silence_from_the_spool_is_answered_all_the_same(line, replay):
    replay(None)

    assert len(keys(line)) == 2
