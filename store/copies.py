"""What of ours still lies at Twilio, and when to delete it there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.database import insert_once
from store.models import Recording, TwilioCopy

RECORDING, MESSAGE = "Recordings", "Messages"

# A deletion that Twilio refused is tried again for about a day, then a person is told.
LONGEST_WAIT = timedelta(minutes=15)
MOST_ATTEMPTS = 100
UNHEARD = timedelta(seconds=30)


def to_delete(session: Session, kind: str, sid: str, at: datetime) -> int | None:
    """Ask for a copy to be deleted. The id to ring for, or None if that was asked already."""
    return insert_once(session, TwilioCopy, kind=kind, sid=sid, due_at=at + UNHEARD, attempts=0)


def due(session: Session, now: datetime, at_most: int) -> Sequence[int]:
    """The copies whose time has come; each is put off a little, so that one sweep rings once."""
    ids = session.scalars(
        select(TwilioCopy.id)
        .where(TwilioCopy.due_at <= now)
        .order_by(TwilioCopy.due_at)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    ).all()
    session.execute(update(TwilioCopy).where(TwilioCopy.id.in_(ids)).values(due_at=now + UNHEARD))
    return ids


def keep_for_now(session: Session, number: int, now: datetime, reason: str) -> bool:
    """Leave a recording at Twilio a minute longer, uncounted; True if it stays.

    What somebody asked to have erased has no row of ours any more, and goes all the same.
    """
    ours = select(Recording.sid).where(Recording.sid == TwilioCopy.sid).exists()
    kept = session.execute(
        update(TwilioCopy)
        .where(TwilioCopy.id == number, TwilioCopy.due_at.is_not(None), ours)
        .values(due_at=now + 2 * UNHEARD, reason=reason)
        .returning(TwilioCopy.id)
    ).scalar()
    return kept is not None


def claim(session: Session, number: int, now: datetime) -> TwilioCopy | None:
    """Take one in hand. Deleting twice does no harm, so a short lease is enough."""
    copy = session.get(TwilioCopy, number)
    if copy is None or copy.due_at is None:
        return None
    if copy.attempts >= MOST_ATTEMPTS:
        copy.due_at, copy.reason = None, copy.reason or "The program stopped on it."
        return None
    copy.attempts, copy.due_at = copy.attempts + 1, now + 2 * UNHEARD
    return copy


def gone(session: Session, number: int, at: datetime) -> None:
    """Twilio has it no more."""
    session.execute(
        update(TwilioCopy)
        .where(TwilioCopy.id == number)
        .values(due_at=None, deleted_at=at, reason=None)
    )


def still_there(session: Session, number: int, attempts: int, at: datetime, reason: str) -> None:
    """Twilio did not delete it: later again, or, after about a day, a person's business."""
    wait = min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_WAIT)
    session.execute(
        update(TwilioCopy)
        .where(TwilioCopy.id == number)
        .values(due_at=at + wait if attempts < MOST_ATTEMPTS else None, reason=reason[:300])
    )
