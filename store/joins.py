"""Items that belong together: of one phone, linked by the caller, or joined by somebody's word.

Nothing is ever merged or deleted. What somebody found to be another person's is kept apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from store.doing_rows import Pair
from store.inserts import insert_once
from store.models import Feedback

SHOWN = 20
COMPARED = 1000  # reports on one place that are counted by phone


@dataclass(frozen=True)
class Other:
    """Another item: whether the same phone sent it, and what people said about the two."""

    item: Feedback
    phone: bool
    apart: bool | None


def others(session: Session, of: Feedback) -> Sequence[Other]:
    """Items that hang together with this one, newest first, SHOWN of one phone at most."""
    some = union_all(*_ids(of)).subquery()
    two = or_(
        and_(Pair.low == of.id, Pair.high == Feedback.id),
        and_(Pair.high == of.id, Pair.low == Feedback.id),
    )
    rows = session.execute(
        select(Feedback, Pair.apart)
        .outerjoin(Pair, two)
        .where(Feedback.id.in_(select(some.c.id)), Feedback.id != of.id)
        .where(Feedback.hidden_at.is_(None))
        .order_by(Feedback.id.desc())
    )
    known = of.caller_id is not None
    return [Other(item, known and item.caller_id == of.caller_id, apart) for item, apart in rows]


def say(session: Session, one: Feedback, other: Feedback, apart: bool) -> bool:
    """Keep what somebody said about two items. False when that is known already."""
    low, high = sorted((one.id, other.id))
    if insert_once(session, Pair, low=low, high=high, apart=apart):
        return True
    pair = session.scalars(
        select(Pair).where(Pair.low == low, Pair.high == high).with_for_update()
    ).one()
    known, pair.apart = pair.apart, apart
    return known is not apart


def phones(session: Session, of: Feedback, since: datetime) -> Sequence[int]:
    """How many reports on this item's place came from each phone; a withheld one counts alone.

    The place is the provider that was chosen, else what was typed for it.
    """
    if of.provider_id:
        here = [Feedback.provider_id == of.provider_id]
    elif of.service and of.place:
        here = [
            Feedback.service == of.service,
            func.lower(Feedback.place) == func.lower(of.place),
            Feedback.place.is_not(None),
        ]
    else:
        return ()
    recent = (
        select(Feedback.id, Feedback.caller_id)
        .where(*here, Feedback.received_at >= since, Feedback.hidden_at.is_(None))
        .order_by(Feedback.received_at.desc())
        .limit(COMPARED)
        .subquery()
    )
    alone = func.coalesce(recent.c.caller_id, -recent.c.id)
    return session.scalars(select(func.count()).select_from(recent).group_by(alone)).all()


def _ids(of: Feedback) -> list[Select[int]]:
    found = [
        select(Pair.high.label("id")).where(Pair.low == of.id),
        select(Pair.low.label("id")).where(Pair.high == of.id),
    ]
    if of.linked_to is not None:
        found.append(select(Feedback.id).where(Feedback.id == of.linked_to))
    if of.caller_id is not None:
        newest = select(Feedback.id).where(Feedback.caller_id == of.caller_id)
        some = newest.order_by(Feedback.id.desc()).limit(SHOWN + 1).subquery()
        found.append(select(some.c.id))
    return found
