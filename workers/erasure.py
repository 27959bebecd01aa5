"""Erases what people asked us to remove, once their days to change their mind are over."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Delete, Update, delete, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dialogue import thread
from store import coding, copies, doing, removals, safeguarding, search
from store.arrival_rows import Channel, Conversation, Ledger
from store.board_rows import Looking
from store.engine import deadlocked
from store.erasure_rows import Erasure, Way
from store.models import Feedback, Recording, Text
from store.recordings import StoreAway
from store.staff import Move, Note
from store.upkeep import Outgoing
from workers import dropping, telling
from workers.room import Room

# In the ledger nothing is left of what came but that it came.
NOTHING = "[]"
UNREACHED = "The place where audio lies cannot be used: {}. It is tried again every ten seconds."

log = logging.getLogger(__name__)


def erase_due(room: Room, at_most: int = 50) -> int:
    """Erase the items whose time has come, each in a transaction of its own; how many.

    First those without audio. While its place is away one try is enough, as a bucket that hangs
    keeps an item locked for 15 s; in no order, so that none whose audio alone is lost is always it.
    """
    audio = select(Recording.id).where(
        Recording.feedback_id == Feedback.id, Recording.audio_key.is_not(None)
    )
    wanted = select(Feedback.id).where(Feedback.erase_at <= room.now())
    with room.database.reading() as session:
        due = session.scalars(wanted.order_by(audio.exists(), func.random()).limit(at_most)).all()
    erased = 0
    for number in due:
        try:
            erased += _erased(room, number)
        except StoreAway:
            break
    return erased


def _erased(room: Room, number: int) -> bool:
    """Whether it is gone now. May raise StoreAway, once that is on its row."""
    try:
        with room.database.writing() as session:
            item = removals.locked(session, number)
            if item is None or item.erase_at is None:
                return False
            erase(session, room, item, Way.TEXT, room.now())
    except OperationalError as why:
        if not deadlocked(why):
            raise
        log.warning("an erasure waits: somebody else changes what it is about")
        return False
    except StoreAway as why:
        # Nothing of it is gone yet.
        log.error("an erasure waits: the place for audio cannot be used (%s)", why)
        with room.database.writing() as session:
            removals.hindered(session, number, UNREACHED.format(why))
        raise
    return True


def erase(session: Session, room: Room, item: Feedback, way: Way, at: datetime) -> Erasure:
    """What one item says, wherever it lies: words, audio, notes, raw fields, Twilio's copies.

    A row without content stays, so that the counts of past months hold; and the tombstone, with
    how much of what is gone. `way` counts only where nobody had asked before. May raise StoreAway:
    then nothing has changed, and it can be done again.
    """
    asked = removals.of(session, item)
    if asked:
        telling.tell(session, room, item, asked.way, at)
    else:  # time is up, or a backup was restored: its person was told when it went first
        asked = removals.ask(session, item, way, at)
    gone = _remove(session, room, item, asked, at)
    for forgets in (safeguarding.forget, coding.forget, doing.forget):
        forgets(session, item)
    search.forget(session, item.id)
    _let_go_of_the_phone(session, item, at)
    item.place = item.caller_id = item.assigned_to = None
    item.hidden_at = item.hidden_at or at
    item.tier_reasons, item.erase_at, item.erased_at = [], None, at
    removals.gone(session, asked, gone, at)
    return asked


def _remove(
    session: Session, room: Room, item: Feedback, asked: Erasure, at: datetime
) -> dict[str, int]:
    """Every row and file of the item; how many of each kind. Twilio's copies fall due."""
    texts = [text.sid for text in item.texts]
    takes = [take.sid for take in item.recordings]
    calls = {*_calls(session, item), *(take.call_sid for take in item.recordings)}
    mine = Outgoing.feedback_id == item.id
    ours = [sid for sid in session.scalars(select(Outgoing.sid).where(mine)) if sid]
    gone = {"texts": len(texts), "recordings": len(takes)}
    gone["transcripts"] = sum(len(take.transcripts) for take in item.recordings)
    for take in item.recordings:
        dropping.remove(session, room, take)
    _count(session, delete(Text).where(Text.feedback_id == item.id))
    gone["notes"] = _count(session, delete(Note).where(Note.feedback_id == item.id))
    gone["texts to them"] = _count(session, delete(Outgoing).where(mine))
    reasons = update(Move).where(Move.feedback_id == item.id, Move.reason != "")
    gone["reasons"] = _count(session, reasons.values(reason=""))
    _count(session, delete(Looking).where(Looking.feedback_id == item.id))
    gone["ledger rows"] = blank(session, room, [*texts, *takes, *calls, *ours], at)
    _leave_conversations(session, item)
    at_twilio = [(copies.MESSAGE, sid) for sid in (*texts, *ours)]
    at_twilio += [(copies.RECORDING, sid) for sid in takes] + [(copies.CALL, sid) for sid in calls]
    gone["copies at Twilio"] = copies.to_prove(session, asked.id, at_twilio, at)
    return gone


def blank(session: Session, room: Room, sids: Sequence[str], at: datetime) -> int:
    """Take the raw fields out of the ledger; that something came stays, so that it comes once."""
    return _count(
        session,
        update(Ledger)
        .where(Ledger.sid.in_(sids), Ledger.blanked_at.is_(None))
        .values(fields=room.seal.close(NOTHING), caller_id=None, blanked_at=at),
    )


def _calls(session: Session, item: Feedback) -> Sequence[str]:
    """The item's calls, by their conversations: one in which only keys were pressed has no take."""
    return session.scalars(
        select(Conversation.key).where(
            Conversation.feedback_id == item.id, Conversation.channel == Channel.VOICE
        )
    ).all()


def _leave_conversations(session: Session, item: Feedback) -> None:
    """Whoever texts next opens another item; a call keeps its key, which is Twilio's own. What a
    phone may not be sent is remembered: that it is not safe, and when help was last named."""
    for talk in session.scalars(select(Conversation).where(Conversation.feedback_id == item.id)):
        talk.closes_at = None
        if talk.channel is Channel.TEXT:
            talk.state, talk.feedback_id = _outlasting(talk), None
        else:
            talk.state = {}


def _outlasting(talk: Conversation) -> dict[str, Any]:
    return thread.stored(thread.restored(talk.state).anew(thread.NOTHING))


def _let_go_of_the_phone(session: Session, item: Feedback, at: datetime) -> None:
    """With a phone's last item its number goes: `workers/forgetting.py` sees to it."""
    if item.caller is None:
        return
    others = select(Feedback.id).where(
        Feedback.caller_id == item.caller_id,
        Feedback.erased_at.is_(None),
        Feedback.id != item.id,
    )
    if session.scalar(others.limit(1)) is None:
        item.caller.forget_at = at


def _count(session: Session, change: Update | Delete) -> int:
    done = session.execute(change)
    assert isinstance(done, CursorResult)
    return done.rowcount
