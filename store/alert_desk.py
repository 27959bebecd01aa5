"""Alerts that end at the desk: whoever is called for an item has opened it, or it is dealt with."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store import alerts
from store.alert_rows import Alert
from store.models import Feedback
from store.staff import Role, Staff


def opened(session: Session, item: int, last: int, by: str, at: datetime) -> None:
    """Somebody who is called for these has opened their item: they have its alerts up to `last`."""
    theirs = (Alert.feedback_id == item, Alert.id <= last, Alert.acknowledged_at.is_(None))
    for alert in session.scalars(select(Alert).where(*theirs)).all():
        alerts.acknowledge(session, alert, by, alerts.How.DESK, at)


def seen_at_the_desk(session: Session, names: Collection[str]) -> int:
    """End the alerts whose item was opened since by lead, deputy or `names`, or is finished."""
    theirs = or_(Staff.role.in_((Role.LEAD, Role.DEPUTY)), Feedback.looked_by.in_(names))
    found = session.execute(
        select(Alert, Feedback)
        .join(Feedback, Feedback.id == Alert.feedback_id)
        .outerjoin(Staff, Staff.name == Feedback.looked_by)
        .where(
            Alert.acknowledged_at.is_(None),
            or_(
                and_(Feedback.looked_at >= Alert.opened_at, theirs),
                Feedback.closed_at >= Alert.opened_at,
                Feedback.erased_at >= Alert.opened_at,
            ),
        )
        .limit(alerts.AT_MOST)
    ).all()
    for alert, item in found:
        ends = (item.looked_at, item.closed_at, item.erased_at)
        at = min(end for end in ends if end and end >= alert.opened_at)
        alerts.acknowledge(session, alert, item.looked_by, alerts.How.DESK, at)
    return len(found)
