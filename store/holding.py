"""Who has an item open: claimed for a while, so that two colleagues never do the same one twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from store import of_phone
from store.board_rows import Looking
from store.columns import partial
from store.inserts import insert_once
from store.models import Feedback, Status
from store.needs import CODED, LEADS, NOT_LOOKED_AT, UNDECIDED, Need, fits

HELD_FOR = timedelta(minutes=15)  # renewed while the page is open; then anybody may have it
HERE_FOR = timedelta(minutes=2)
# A page that sends a form is closed and opened anew: word of the first may come after the second.
GRACE = timedelta(seconds=30)

partial("ix_feedback_held_by", Feedback.held_by, where="held_by IS NOT NULL")


def take(
    session: Session, needs: Sequence[Need], by: str, at: datetime, *, decides: bool
) -> str | None:
    """Claim the most pressing item of the first queue that has a free one; its reference, or None.

    One statement decides: of two colleagues who press at once each gets another item. What `by`
    holds is let go of. `decides`: whether `by` may decide on R1 and R2.
    """
    theirs = and_(Feedback.held_by == by, Feedback.held_until > at)
    # What is let go of is locked first, by number as acts on many items lock theirs: with the new
    # one in hand, whoever has one of these and wants that would be waited for in turn (PostgreSQL).
    session.execute(select(Feedback.id).where(theirs).order_by(Feedback.id).with_for_update())
    claims = (_claim(session, need, by, at, decides) for need in needs)
    found = next(filter(None, claims), None)
    if found:
        others = and_(theirs, Feedback.reference != found)
        session.execute(update(Feedback).where(others).values(held_by=None, held_until=None))
    return found


def _claim(session: Session, need: Need, by: str, at: datetime, decides: bool) -> str | None:
    free = or_(Feedback.held_until.is_(None), Feedback.held_until <= at)
    first = (
        select(Feedback.id)
        .where(fits(need), free, _given(need, by, decides))
        .order_by(Feedback.rank, Feedback.received_at, Feedback.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    claimed = update(Feedback).where(Feedback.id == first.scalar_subquery()).values(_held(by, at))
    found: str | None = session.scalar(claimed.returning(Feedback.reference))
    return found


def _given(need: Need, by: str, decides: bool) -> ColumnElement[bool]:
    """What of a queue may be given to `by`: what somebody is working on is left to them, what waits
    to its day, and a life on which all is decided to whoever looks for it: it came each second
    time, before people whom nobody had heard. So did what a triager had looked at, and only the
    lead could end: unless it is with them by name, it is the lead's.

    But words of danger that nobody has looked at are anybody's: whoever has them may be away.
    """
    # `coalesce` keeps SQLite from the index by colleague: it would sort all that is nobody's.
    mine = func.coalesce(Feedback.assigned_to, by) == by
    ready = and_(mine, Feedback.status != Status.WAITING)
    if not decides:
        free = and_(text(f"NOT {LEADS}"), *([_may_be_rung()] if need is Need.ADVICE else []))
        ready = and_(ready, or_(free, Feedback.assigned_to == by))
    if need is not Need.URGENT:
        return ready
    return or_(text(NOT_LOOKED_AT), and_(ready, text(UNDECIDED)))


def _may_be_rung() -> ColumnElement[bool]:
    """Of those who asked for advice, whom others than the lead may ring, or have yet to code: two
    whom they may not ring came again and again, before everybody else."""
    safe = and_(Feedback.safe.is_not(False), ~of_phone.doubtful())
    return or_(text(f"NOT ({CODED})"), safe)


def hold(session: Session, item: int, by: str, at: datetime, over: bool = False) -> str:
    """Whoever holds an item once `by` has asked for it: `by`, unless a colleague has it.

    `over` takes it from that colleague, who sees so.
    """
    free = or_(Feedback.held_until.is_(None), Feedback.held_until <= at, Feedback.held_by == by)
    asked = update(Feedback).where(Feedback.id == item)
    session.execute((asked if over else asked.where(free)).values(_held(by, at)))
    return session.scalar(select(Feedback.held_by).where(Feedback.id == item)) or by


def let_go(session: Session, item: int, by: str, at: datetime) -> None:
    """`by` closed the item: it is free after a moment, if it was theirs and stays closed."""
    mine = and_(Feedback.id == item, Feedback.held_by == by, Feedback.held_until > at + GRACE)
    session.execute(update(Feedback).where(mine).values(held_until=at + GRACE))
    session.execute(delete(Looking).where(Looking.feedback_id == item, Looking.by == by))


def look(session: Session, item: int, by: str, at: datetime) -> None:
    """`by` has the item open, whoever holds it."""
    until = at + HERE_FOR
    if insert_once(session, Looking, feedback_id=item, by=by, until=until) is None:
        mine = and_(Looking.feedback_id == item, Looking.by == by)
        session.execute(update(Looking).where(mine).values(until=until))


def others(session: Session, item: int, by: str, at: datetime) -> Sequence[str]:
    """Colleagues who have the item open just now, by name."""
    here = select(Looking.by).where(Looking.feedback_id == item, Looking.until > at)
    return session.scalars(here.where(Looking.by != by).order_by(Looking.by)).all()


def forget(session: Session, at: datetime) -> None:
    """Drop whoever closed their page long ago."""
    session.execute(delete(Looking).where(Looking.until <= at))


def _held(by: str, at: datetime) -> dict[str, object]:
    return {"held_by": by, "held_until": at + HELD_FOR}
