"""A text may wait in a spool, answered, while a catch-up finds it at Twilio."""

from datetime import UTC, datetime

from sqlalchemy import select

from dialogue import text_intake
from dialogue.intake import Arrival, receive
from store import outgoing
from store.upkeep import Outgoing, Sending
from tests.driver import CALLER, NUMBER


def test_what_was_answered_from_the_spool_gets_no_second_reply(line):
    sid, noise = line.sid("SM"), line.sid("SM")
    line.text("The ward was clean", sid=sid)
    with line.house.database.writing() as session:
        for each in (sid, noise):
            outgoing.make(
                session,
                key=f"reply:{each}",
                caller_id=line.items()[0].caller_id,
                feedback_id=None,
                sender=NUMBER,
                body="Thank you",
                at=datetime.now(UTC),
            )
    fields = (("MessageSid", sid), ("From", CALLER), ("To", NUMBER), ("Body", "x"))
    replayed = Arrival("text", sid, "", datetime.now(UTC), fields, given="<Response/>")

    with line.house.database.writing() as session:
        receive(session, line.house.door, replayed, text_intake.take)

    with line.house.database.reading() as session:
        states = dict(session.execute(select(Outgoing.key, Outgoing.state)).all())
    assert states == {f"reply:{sid}": Sending.FAILED, f"reply:{noise}": Sending.DUE}
