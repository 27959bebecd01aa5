"""Rings, closes, erases, forgets and alerts, as far as due: every ten seconds, or by hand."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import copies, doing, outgoing, recordings_due
from store.arrival_rows import Conversation
from store.models import Feedback
from store.queue import DELETE_COPY, HEAR, SEND, Bell
from triage import repeated
from workers import alert_round, copying, erasure, forgetting, proving
from workers.room import Room

# One sweep is short: what is left over is due at the next.
AT_MOST = 200


@dataclass(frozen=True)
class Swept:
    """What one sweep did, in numbers."""

    recordings: int
    copies: int
    conversations: int
    erased: int
    texts: int = 0
    raised: int = 0
    alerts: int = 0
    woken: int = 0
    forgotten: int = 0
    proved: int = 0


def sweep(room: Room, bell: Bell) -> Swept:
    """Every kind of unfinished work that is due: rung for, closed or erased."""
    # Items before takes, and let go of before these are taken: whoever has one of these items, and
    # comes to its takes, would else wait for this sweep while it waits for them (PostgreSQL).
    with room.database.writing() as session:
        closed = _close(session, room)
    with room.database.writing() as session:
        woken = doing.wake(session, room.now(), AT_MOST)
    with room.database.writing() as session:
        takes = recordings_due.due(session, room.now(), AT_MOST)
        deletions = copies.due(session, room.now(), AT_MOST, ours=False)
        texts = outgoing.due(session, room.now(), AT_MOST)
    alerts = alert_round.advance(room)
    for take in takes:
        bell.ring(HEAR, take.id, take.seconds)
    for number in deletions:
        bell.ring(DELETE_COPY, number)
    for number in texts:
        bell.ring(SEND, number)
    erased = erasure.erase_due(room)
    forgotten, proved = forgetting.forget_due(room), proving.prove(room)
    copying.discard(room)
    with room.database.writing() as session:
        raised = repeated.raise_due(session, room.now())
    return Swept(
        recordings=len(takes),
        copies=len(deletions),
        conversations=closed,
        erased=erased,
        texts=len(texts),
        raised=raised,
        alerts=alerts,
        woken=woken,
        forgotten=forgotten,
        proved=proved,
    )


def _close(session: Session, room: Room) -> int:
    """Conversations that fell silent: their items are complete as they are."""
    over = session.scalars(
        select(Conversation)
        .where(Conversation.closes_at <= room.now())
        .limit(AT_MOST)
        .with_for_update(skip_locked=True)
    ).all()
    for talk in over:
        item = session.get(Feedback, talk.feedback_id) if talk.feedback_id else None
        if item:
            item.complete = True
        talk.closes_at = None
    return len(over)
