"""What was done about an item: written down here, and what waits is woken."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from store import looks
from store.desk import WAITS
from store.doing_rows import Deed, Did, Pair
from store.inserts import insert_once
from store.models import Feedback, Status
from store.moves import moved
from store.needs import Need, fits
from store.staff import Staff

THE_LINE = "the line"
ITS_DAY = "The day came that it waited for."


def do(
    session: Session, item: Feedback, did: Did, by: str, at: datetime, **more: object
) -> int | None:
    """Write down what was done. Its number, or None if its `key` says that it was done already."""
    return insert_once(session, Deed, feedback_id=item.id, did=did, by=by, at=at, **more)


def colleagues(session: Session, roles: Collection[str]) -> Sequence[tuple[str, int]]:
    """Who works here in one of these roles, by name, each with how many open items they have."""
    open_ = Feedback.status != Status.FINISHED
    theirs = select(func.count()).where(Feedback.assigned_to == Staff.name, open_)
    wanted = select(Staff.name, theirs.scalar_subquery())
    found = wanted.where(Staff.role.in_(roles), Staff.left_at.is_(None)).order_by(Staff.name)
    return [(name, count) for name, count in session.execute(found)]


def calls(session: Session, items: Collection[int]) -> Sequence[Deed]:
    """Calls that were made about these items, oldest first."""
    wanted = select(Deed).where(Deed.feedback_id.in_(items), Deed.did == Did.CALL)
    return session.scalars(wanted.order_by(Deed.id)).all()


def shown_number(session: Session, item: Feedback, by: str, since: datetime) -> bool:
    """Whether somebody was shown the number of this item's phone since then."""
    wanted = select(Deed.id).where(Deed.feedback_id == item.id, Deed.did == Did.NUMBER)
    return session.scalar(wanted.where(Deed.by == by, Deed.at >= since).limit(1)) is not None


def deed(session: Session, item: Feedback, number: int) -> Deed | None:
    """One deed of this very item."""
    wanted = select(Deed).where(Deed.id == number, Deed.feedback_id == item.id)
    return session.scalars(wanted).one_or_none()


def last(session: Session, item: Feedback, did: Did) -> Deed | None:
    """The last deed of this kind on an item."""
    wanted = select(Deed).where(Deed.feedback_id == item.id, Deed.did == did)
    return session.scalars(wanted.order_by(Deed.id.desc()).limit(1)).one_or_none()


def wake(session: Session, at: datetime, at_most: int) -> int:
    """Put items whose day has come back to work: with whoever had them. How many.

    What waits without a day, as former versions left it, gets one: nothing waits for ever.
    """
    forgotten = update(Feedback).where(fits(Need.WAITING), Feedback.waiting_until.is_(None))
    session.execute(forgotten.values(waiting_until=at + WAITS))
    due = session.scalars(
        select(Feedback)
        .where(Feedback.waiting_until <= at)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    ).all()
    for item in due:
        if item.status is Status.WAITING:
            after = Status.IN_PROGRESS if item.assigned_to else Status.NEW
            moved(session, item, after, THE_LINE, ITS_DAY, at)
        item.waiting_until = None
    return len(due)


def forget(session: Session, item: Feedback) -> None:
    """Erase what people wrote about what they did. That it was done, by whom and when, stays."""
    theirs = update(Deed).where(Deed.feedback_id == item.id)
    session.execute(theirs.values(words="", to="", other=None))
    session.execute(update(Deed).where(Deed.other == item.id).values(words="", other=None))
    looks.forget(session, item.id)
    session.execute(delete(Pair).where((Pair.low == item.id) | (Pair.high == item.id)))
