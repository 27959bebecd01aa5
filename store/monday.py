"""What the lead asks of the rows on a Monday. Each answer is bounded, and has its index."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    literal_column,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from store.alert_rows import Alert, Why
from store.models import Feedback, Status
from store.needs import NOT_LOOKED_AT
from store.safeguarding_rows import ASKED_ADVICE, TierChange
from tiers import URGENT, rank

OPEN = (Status.NEW, Status.IN_PROGRESS, Status.WAITING)
UNDONE = (Status.NEW, Status.IN_PROGRESS)
SHOWN = Feedback.hidden_at.is_(None)
GRAVE = Feedback.rank < rank("R3", True)
# A long list is cut at its end: a life that nobody has looked at must not stand there.
PRESSING = (Feedback.rank, case((text(NOT_LOOKED_AT), 0), else_=1), Feedback.received_at)
CALLS = case({Why.R1: 0, Why.UNANSWERED: 0, Why.R2: 1}, value=Alert.why, else_=2)


def urgent_since(session: Session, since: datetime, at_most: int) -> Sequence[Feedback]:
    """What came as R1 or R2 since a moment, or became it since, most pressing first: finished ones
    too, and those that somebody has lowered since. Somebody may have looked at its first words by
    day.
    """
    came = or_(Feedback.received_at >= since, Feedback.tier_at >= since)
    lowered = select(TierChange.feedback_id).where(
        TierChange.at >= since, TierChange.before.in_(URGENT)
    )
    bands = (
        and_(Feedback.received_at >= since, Feedback.tier.is_not(None), GRAVE),
        # Every status by name: so the queue's index finds them among all that there ever was.
        and_(Feedback.tier_at >= since, Feedback.status.in_(Status), GRAVE),
        and_(came, Feedback.id.in_(lowered)),
    )
    found = union_all(*(select(Feedback.id).where(band, SHOWN) for band in bands))
    wanted = select(Feedback).where(Feedback.id.in_(found)).order_by(*PRESSING)
    return session.scalars(wanted.limit(at_most)).all()


def urgent_open(session: Session, at_most: int) -> Sequence[Feedback]:
    """R1 and R2 that are not finished, most pressing first."""
    wanted = select(Feedback).where(Feedback.status.in_(OPEN), GRAVE, SHOWN)
    ordered = wanted.order_by(*PRESSING, Feedback.id)
    return session.scalars(ordered.limit(at_most)).all()


def longest_waiting(session: Session, now: datetime, at_most: int) -> Sequence[Feedback]:
    """Of each kind of promise below R2, the items that have waited longest: overdue or not.

    Each kind has its own: what waits for an answer would hide who waits to be rung.
    """
    ranks = [rank(tier, first) for tier in ("R3", "R4", None) for first in (True, False)]
    bands: list[ColumnElement[bool]] = [
        and_(Feedback.status == s, Feedback.rank == r) for s in UNDONE for r in ranks
    ]
    advice = and_(literal_column(ASKED_ADVICE), Feedback.status.in_(UNDONE), ~GRAVE)
    oldest = [
        select(Feedback.id).where(band, SHOWN).order_by(Feedback.received_at).limit(at_most)
        for band in [*bands, advice]
    ]
    answers = select(Feedback.id).where(
        Feedback.status == Status.WAITING, Feedback.waiting_until <= now, ~GRAVE, SHOWN
    )
    oldest.append(answers.order_by(Feedback.waiting_until).limit(at_most))
    found = union_all(*(_ids(band) for band in oldest))
    return session.scalars(select(Feedback).where(Feedback.id.in_(found))).all()


def assigned(session: Session, to: Collection[str], at_most: int) -> Sequence[Feedback]:
    """What is not finished and stands with one of these colleagues, most pressing first."""
    wanted = select(Feedback).where(Feedback.assigned_to.in_(to), Feedback.status.in_(OPEN), SHOWN)
    return session.scalars(wanted.order_by(*PRESSING).limit(at_most)).all()


def alerts_of(session: Session, items: Collection[int]) -> Sequence[Alert]:
    """The alerts of these items, oldest first."""
    wanted = select(Alert).where(Alert.feedback_id.in_(items))
    return session.scalars(wanted.order_by(Alert.id)).all()


def unacknowledged(session: Session, at_most: int) -> Sequence[tuple[Alert, str | None]]:
    """Alerts that nobody has yet, with the reference of their item: a life first, and help that was
    not sent; among those the oldest."""
    rows = session.execute(
        select(Alert, Feedback.reference)
        .outerjoin(Feedback, Feedback.id == Alert.feedback_id)
        .where(Alert.acknowledged_at.is_(None))
        .order_by(CALLS, Alert.opened_at, Alert.id)
        .limit(at_most)
    )
    return [(alert, reference) for alert, reference in rows]


def _ids(band: Select[int]) -> Select[int]:
    rows = band.subquery()
    return select(rows.c.id)
