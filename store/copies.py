"""What lies at Twilio, or where audio lies, and is to go from there; and when."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from store.copy_rows import TwilioCopy
from store.database import plainly
from store.inserts import insert_once
from store.leases import UNHEARD, take_due
from store.models import Recording
from store.prepared import Prepared
from store.single import as_read

RECORDING, MESSAGE, CALL = "Recordings", "Messages", "Calls"
AUDIO = "Audio"  # our own, by its key: nobody waits for a bucket while a transaction is open

# A deletion that Twilio refused is tried again for about a day, then a person is told.
LONGEST_WAIT = timedelta(minutes=15)
MOST_ATTEMPTS = 100
STOPPED = "The program stopped on it."
BATCH = 500

# Each recording's way ends with these: they are built once.
ROWS = cast(Table, TwilioCopy.__table__)
CLAIM = Prepared(
    update(ROWS)
    .where(
        ROWS.c.id == bindparam("number"),
        ROWS.c.due_at.is_not(None),
        ROWS.c.attempts < MOST_ATTEMPTS,
    )
    .values(attempts=ROWS.c.attempts + 1, due_at=bindparam("until"))
    .returning(*ROWS.c)
)
GONE = Prepared(
    update(ROWS)
    .where(ROWS.c.id == bindparam("number"))
    .values(due_at=None, deleted_at=bindparam("at"), reason=None)
)
ERASED = Prepared(
    update(ROWS)
    .where(ROWS.c.sid == bindparam("found"), ROWS.c.erasure_id.is_not(None))
    .values(due_at=bindparam("at"), deleted_at=None, attempts=0)
    .returning(ROWS.c.id)
)


def to_delete(session: Session, kind: str, sid: str, at: datetime) -> int | None:
    """Ask for a copy to be deleted. The id to ring for, or None if that was asked already."""
    return insert_once(session, TwilioCopy, kind=kind, sid=sid, due_at=at + UNHEARD, attempts=0)


def to_prove(session: Session, erasure: int, found: Iterable[tuple[str, str]], at: datetime) -> int:
    """Have these (kind, SID) deleted and looked for again, as part of an erasure's proof.

    Those that were deleted before too: that Twilio still has none of it is asked anew. How many.
    """
    wanted = sorted(set(found), key=lambda one: one[1])
    for kind, sid in wanted:
        to_delete(session, kind, sid, at)
    for some in _batches(wanted):
        session.execute(
            update(TwilioCopy)
            .where(TwilioCopy.sid.in_([sid for _, sid in some]))
            .values(
                erasure_id=erasure, due_at=at + UNHEARD, deleted_at=None, attempts=0, reason=None
            )
        )
    return len(wanted)


def erased(session: Session, sid: str, at: datetime) -> bool:
    """Whether this belongs to something erased, and came to be at Twilio only now: it goes too."""
    return ERASED.row(plainly(session), {"found": sid, "at": at}) is not None


def left(session: Session, erasure: int) -> Sequence[TwilioCopy]:
    """What an erasure still waits for at Twilio."""
    wanted = select(TwilioCopy).where(
        TwilioCopy.erasure_id == erasure, TwilioCopy.deleted_at.is_(None)
    )
    return session.scalars(wanted.order_by(TwilioCopy.id)).all()


def discard(session: Session, key: str, at: datetime) -> None:
    """Our own audio under a key is not wanted any more; it may have been kept once more since."""
    row = {"kind": AUDIO, "sid": key, "due_at": at, "attempts": 0}
    if insert_once(session, TwilioCopy, **row) is None:
        session.execute(
            update(TwilioCopy)
            .where(TwilioCopy.kind == AUDIO, TwilioCopy.sid == key)
            .values(due_at=at, deleted_at=None, attempts=0)
        )


def due(session: Session, now: datetime, at_most: int, *, ours: bool) -> Sequence[int]:
    """The copies whose time has come, `ours` or Twilio's; each is put off a little."""
    those = TwilioCopy.due_at <= now, (TwilioCopy.kind == AUDIO) == ours
    copies = select(TwilioCopy.id).where(*those)
    return [copy.id for copy in take_due(session, TwilioCopy, copies, now, at_most)]


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
    taken = CLAIM.row(plainly(session), {"number": number, "until": now + 2 * UNHEARD})
    if taken:
        return as_read(TwilioCopy, taken)
    session.execute(
        update(TwilioCopy)
        .where(
            TwilioCopy.id == number,
            TwilioCopy.due_at.is_not(None),
            TwilioCopy.attempts >= MOST_ATTEMPTS,
        )
        .values(due_at=None, reason=func.coalesce(TwilioCopy.reason, STOPPED))
    )
    return None


def gone(session: Session, number: int, at: datetime) -> None:
    """It is there no more."""
    GONE.run(plainly(session), {"number": number, "at": at})


def still_there(session: Session, number: int, attempts: int, at: datetime, reason: str) -> None:
    """It could not be deleted: later again, or, after about a day, a person's business."""
    wait = min(timedelta(seconds=2 ** min(attempts, 20)), LONGEST_WAIT)
    session.execute(
        update(TwilioCopy)
        .where(TwilioCopy.id == number)
        .values(due_at=at + wait if attempts < MOST_ATTEMPTS else None, reason=reason[:300])
    )


def _batches(wanted: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]
