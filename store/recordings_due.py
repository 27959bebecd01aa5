"""Recordings by what is still to be done for them. The row says it; the queue only rings.

What Twilio tells of them, and puts on the row, is in `recordings_told`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Row, Table, Update, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from store import single
from store.database import plainly
from store.leases import free, take_due
from store.models import Heard, Recording
from store.prepared import Prepared

# What a worker holds is its own for this long, and it renews it while it works. With the sweep
# every ten seconds, what a killed worker held is taken up again well within 90 s.
LEASE = timedelta(seconds=40)

UNFINISHED = (Heard.EXPECTED, Heard.STORED)

# How the reason begins while a take is tried that had ended before: people know of it.
ONCE_MORE = "Once more: "

ROWS = cast(Table, Recording.__table__)
CLAIM = Prepared(
    update(ROWS)
    .where(
        ROWS.c.id == bindparam("number"),
        or_(*(ROWS.c.state == state for state in UNFINISHED)),
        ROWS.c.due_at.is_not(None),
        free(ROWS.c.claimed_until, bindparam("now")),
    )
    .values(
        claimed_until=bindparam("until"),
        attempts=ROWS.c.attempts + 1,
        due_at=bindparam("until"),
    )
    .returning(*ROWS.c)
)


def due(session: Session, now: datetime, at_most: int) -> Sequence[Row[int, float | None]]:
    """The takes with something left to do that nobody holds, longest waiting first: id, seconds."""
    takes = select(Recording.id, Recording.seconds).where(
        Recording.due_at <= now, free(Recording.claimed_until, now)
    )
    return take_due(session, Recording, takes, now, at_most)


def claim(
    session: Session, number: int, now: datetime, lease: timedelta = LEASE
) -> Recording | None:
    """Take a recording in hand, if it has something to do and nobody else has it.

    It is read as a plain row, without its transcripts.
    """
    moments = {"now": now, "until": now + lease}
    won = CLAIM.row(plainly(session), {"number": number, **moments})
    return single.as_read(Recording, won) if won else None


def renew(session: Session, take: Recording, until: datetime) -> bool:
    """Still at work on it: a long message outlasts one lease. False: it is not ours any more."""
    renewed = session.execute(
        _in_hand(take).values(claimed_until=until, due_at=until).returning(Recording.id)
    ).scalar()
    return renewed is not None


def uncount(session: Session, take: Recording) -> None:
    """The try in hand was no fault of the recording's; it stays claimed until the lease is over."""
    session.execute(_in_hand(take).values(attempts=Recording.attempts - 1))


def settle(session: Session, take: Recording, **values: object) -> bool:
    """Put a recording down as `values` say. False: somebody else finished it or has it by now."""
    change = _in_hand(take).values(claimed_until=None, **values)
    return session.execute(change.returning(Recording.id)).scalar() is not None


def ended_before(take: Recording) -> bool:
    """Whether a take is tried once more, by somebody's wish or because Twilio has it after all."""
    return (take.reason or "").startswith(ONCE_MORE)


def _in_hand(take: Recording) -> Update:
    """Changes the row of a take only while the claim that `take` was read with still holds.

    A host that was cut off, and comes back after another has claimed it, changes nothing: each
    claim ends later than the one before it, so that no two are alike.
    """
    return update(Recording).where(
        Recording.id == take.id,
        Recording.state.in_(UNFINISHED),
        Recording.claimed_until == take.claimed_until,
    )


def stuck(session: Session, now: datetime, patience: timedelta) -> int:
    """How many are overdue, or unfinished although nobody holds them or said why: nobody works.

    A take that waits for Twilio or for a model has its reason on the row.
    """
    unsaid = and_(
        Recording.received_at < now - patience,
        Recording.reason.is_(None),
        free(Recording.claimed_until, now),
    )
    overdue = Recording.due_at < now - patience
    found = select(func.count()).where(Recording.due_at.is_not(None), or_(overdue, unsaid))
    return session.scalar(found) or 0
