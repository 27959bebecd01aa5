"""Erases what people asked us to remove, once their days to change their mind are over."""

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store import copies
from store.models import Channel, Conversation, Feedback, Ledger, Text
from store.recordings import StoreAway
from store.staff import Move, Note
from store.upkeep import Outgoing
from workers import outcome
from workers.room import Room

# What is in the ledger of one item: its texts, its calls, and what became of their recordings.
KINDS = ("text", "call", "recording", "ended")

log = logging.getLogger(__name__)


def erase_due(room: Room, at_most: int = 50) -> int:
    """Erase the items whose time has come, each in a transaction of its own; how many."""
    with room.database.reading() as session:
        due = session.scalars(
            select(Feedback.id).where(Feedback.erase_at <= room.now()).limit(at_most)
        ).all()
    return sum(_erased(room, number) for number in due)


def _erased(room: Room, number: int) -> bool:
    try:
        with room.database.writing() as session:
            item = session.get(Feedback, number, with_for_update=True)
            if item is None or item.erase_at is None:
                return False
            erase(session, room, item, room.now())
    except StoreAway as why:
        # Nothing of it is gone yet; one item whose audio is out of reach must not keep the rest.
        log.error("an erasure waits: the place for audio cannot be used (%s)", why)
        return False
    return True


def erase(session: Session, room: Room, item: Feedback, at: datetime) -> None:
    """What one item says, wherever it lies: words, audio, notes, raw fields, Twilio's copies.

    A row without content stays, so that the counts of past months hold.
    """
    sids = [text.sid for text in item.texts]
    for sid in sids:
        copies.to_delete(session, copies.MESSAGE, sid, at)
    sids += _calls(session, item)
    for take in item.recordings:
        sids += [take.sid, take.call_sid]
        outcome.remove(session, room, take)
    session.execute(delete(Text).where(Text.feedback_id == item.id))
    session.execute(delete(Note).where(Note.feedback_id == item.id))
    session.execute(delete(Outgoing).where(Outgoing.feedback_id == item.id))
    session.execute(update(Move).where(Move.feedback_id == item.id).values(reason=""))
    _blank(session, room, sids)
    item.place = item.caller_id = item.assigned_to = None
    item.tier_reasons, item.erase_at, item.erased_at = [], None, at


def _calls(session: Session, item: Feedback) -> Iterable[str]:
    """The item's calls, by their conversations: one in which only keys were pressed has no take."""
    return session.scalars(
        select(Conversation.key).where(
            Conversation.feedback_id == item.id, Conversation.channel == Channel.VOICE
        )
    )


def _blank(session: Session, room: Room, sids: list[str]) -> None:
    session.execute(
        update(Ledger)
        .where(Ledger.sid.in_(sids), Ledger.kind.in_(KINDS))
        .values(fields=room.seal.close("[]"), caller_id=None)
    )
