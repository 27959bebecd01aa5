"""What the lead asks of the rows on a Monday. Each answer is bounded, and has its index."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, literal_column, select, union_all
from sqlalchemy.orm import Session

from store.alert_rows import Alert
from store.feedback import rank
from store.models import Feedback, Status
from store.safeguarding_rows import ASKED_ADVICE

OPEN = (Status.NEW, Status.IN_PROGRESS, Status.WAITING)
UNDONE = (Status.NEW, Status.IN_PROGRESS)
SHOWN = Feedback.hidden_at.is_(None)


def urgent_since(session: Session, since: datetime, at_most: int) -> Sequence[Feedback]:
    """R1 and R2 that came since a moment, finished or not, oldest first."""
    wanted = select(Feedback).where(
        Feedback.received_at >= since,
        Feedback.tier.is_not(None),
        Feedback.rank < rank("R3", True),
        SHOWN,
    )
    return session.scalars(wanted.order_by(Feedback.received_at).limit(at_most)).all()


def urgent_open(session: Session, at_most: int) -> Sequence[Feedback]:
    """R1 and R2 that are not finished, most pressing first."""
    wanted = select(Feedback).where(
        Feedback.status.in_(OPEN), Feedback.rank < rank("R3", True), SHOWN
    )
    ordered = wanted.order_by(Feedback.rank, Feedback.received_at, Feedback.id)
    return session.scalars(ordered.limit(at_most)).all()


def longest_waiting(session: Session, now: datetime, at_most: int) -> Sequence[Feedback]:
    """Of each kind of promise below R2, the items that have waited longest: overdue or not."""
    ranks = [rank(tier, first) for tier in ("R3", "R4", None) for first in (True, False)]
    bands: list[ColumnElement[bool]] = [
        and_(Feedback.status == s, Feedback.rank == r) for s in UNDONE for r in ranks
    ]
    oldest = [
        select(Feedback.id).where(band, SHOWN).order_by(Feedback.received_at).limit(at_most)
        for band in [*bands, literal_column(ASKED_ADVICE)]
    ]
    answers = select(Feedback.id).where(
        Feedback.status == Status.WAITING, Feedback.waiting_until <= now, SHOWN
    )
    oldest.append(answers.order_by(Feedback.waiting_until).limit(at_most))
    found = union_all(*(_ids(band) for band in oldest))
    return session.scalars(select(Feedback).where(Feedback.id.in_(found))).all()


def assigned(session: Session, to: Collection[str], at_most: int) -> Sequence[Feedback]:
    """What is not finished and stands with one of these colleagues, most pressing first."""
    wanted = select(Feedback).where(Feedback.assigned_to.in_(to), Feedback.status.in_(OPEN), SHOWN)
    return session.scalars(
        wanted.order_by(Feedback.rank, Feedback.received_at).limit(at_most)
    ).all()


def alerts_of(session: Session, items: Collection[int]) -> Sequence[Alert]:
    """The alerts of these items, oldest first."""
    wanted = select(Alert).where(Alert.feedback_id.in_(items))
    return session.scalars(wanted.order_by(Alert.id)).all()


def unacknowledged(session: Session, at_most: int) -> Sequence[tuple[Alert, str | None]]:
    """Alerts that nobody has yet, oldest first, with the reference of their item."""
    rows = session.execute(
        select(Alert, Feedback.reference)
        .outerjoin(Feedback, Feedback.id == Alert.feedback_id)
        .where(Alert.acknowledged_at.is_(None))
        .order_by(Alert.opened_at, Alert.id)
        .limit(at_most)
    )
    return [(alert, reference) for alert, reference in rows]


def _ids(band: Select[int]) -> Select[int]:
    rows = band.subquery()
    return select(rows.c.id)
