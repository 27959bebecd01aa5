"""Erases what people asked us to remove, once their days to change their mind are over."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store import copies
from store.models import Feedback, Ledger, Text
from store.staff import Note
from workers import outcome
from workers.room import Room


def erase_due(room: Room, at_most: int = 50) -> int:
    """Erase the items whose time has come, each in a transaction of its own; how many."""
    with room.database.reading() as session:
        due = session.scalars(
            select(Feedback.id).where(Feedback.erase_at <= room.now()).limit(at_most)
        ).all()
    for number in due:
        with room.database.writing() as session:
            item = session.get(Feedback, number, with_for_update=True)
            if item is not None and item.erase_at is not None:
                erase(session, room, item, room.now())
    return len(due)


def erase(session: Session, room: Room, item: Feedback, at: datetime) -> None:
    """What one item says, wherever it lies: words, audio, notes, raw fields, Twilio's copies.

    A row without content stays, so that the counts of past months hold.
    """
    sids = [text.sid for text in item.texts]
    for sid in sids:
        copies.to_delete(session, copies.MESSAGE, sid, at)
    calls = {take.call_sid for take in item.recordings}
    for take in item.recordings:
        outcome.remove(session, room, take)
    session.execute(delete(Text).where(Text.feedback_id == item.id))
    session.execute(delete(Note).where(Note.feedback_id == item.id))
    session.execute(
        update(Ledger)
        .where(
            Ledger.sid.in_([*sids, *calls]),
            Ledger.kind.in_(("text", "call", "recording", "ended")),
        )
        .values(fields=room.seal.close("[]"), caller_id=None)
    )
    item.place = item.caller_id = item.assigned_to = None
    item.tier_reasons, item.erase_at, item.erased_at = [], None, at
