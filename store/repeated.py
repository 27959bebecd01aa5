"""Several reports on one service: those that are linked, and those about one place or provider."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from store.models import Feedback, Status
from store.safeguarding_rows import TierChange

# More than came in any fortnight yet; beyond it the newest are compared, the next day the rest.
AT_MOST = 2000


def flagged(session: Session, since: datetime) -> Sequence[Feedback]:
    """Reports with a tier whose service and place, or whose provider, three or more are about."""
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
    )
    chosen = (
        select(Feedback.provider_id)
        .where(*recent, Feedback.provider_id.is_not(None))
        .group_by(Feedback.provider_id)
        .having(func.count() >= 3)
    )
    same = or_(
        tuple_(Feedback.service, place).in_(named),
        Feedback.provider_id.in_(chosen),  # "Lapal" and "Lapal House" are one, once it was chosen
    )
    wanted = select(Feedback).where(*recent, same)
    return session.scalars(wanted.order_by(Feedback.id).limit(AT_MOST)).all()


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
