"""Several reports on one service: those that are linked, and those that name the same place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models import Feedback, Status
from store.safeguarding_rows import TierChange

# More than came in any fortnight yet; beyond it the newest are compared, the next day the rest.
AT_MOST = 2000


def flagged(session: Session, since: datetime) -> Sequence[Feedback]:
    """Open reports with a tier, whose service and place are known and named by three or more."""
    place = func.lower(func.trim(Feedback.place))
    recent = (
        Feedback.received_at >= since,
        Feedback.tier.is_not(None),
        Feedback.hidden_at.is_(None),
    )
    named = (
        select(Feedback.service, place.label("place"))
        .where(*recent, Feedback.place.is_not(None), Feedback.service.is_not(None))
        .group_by(Feedback.service, place)
        .having(func.count() >= 3)
        .subquery()
    )
    wanted = select(Feedback).join(
        named, (Feedback.service == named.c.service) & (place == named.c.place)
    )
    return session.scalars(wanted.where(*recent).order_by(Feedback.id).limit(AT_MOST)).all()


def linked(session: Session, since: datetime) -> Sequence[Feedback]:
    """Recent reports that are linked to another, and those they are linked to."""
    recent = (
        select(Feedback.id, Feedback.linked_to)
        .where(Feedback.received_at >= since, Feedback.linked_to.is_not(None))
        .order_by(Feedback.received_at.desc())
        .limit(AT_MOST)
    )
    ids = {number for pair in session.execute(recent) for number in pair}
    wanted = select(Feedback).where(
        Feedback.id.in_(ids), Feedback.received_at >= since, Feedback.hidden_at.is_(None)
    )
    return session.scalars(wanted.order_by(Feedback.id)).all() if ids else ()


def raised(session: Session, items: Sequence[Feedback]) -> set[int]:
    """Those whose tier the program raised by this rule already: once is enough."""
    wanted = select(TierChange.feedback_id).where(
        TierChange.feedback_id.in_([item.id for item in items]), TierChange.by.is_(None)
    )
    return set(session.scalars(wanted))


def still_open(session: Session, number: int) -> Feedback | None:
    """One item to raise, unless it was finished or hidden meanwhile."""
    item = session.get(Feedback, number, with_for_update=True, populate_existing=True)
    gone = item is None or item.status is Status.FINISHED or item.hidden_at is not None
    return None if gone else item
