"""Alerts that end at the desk: whoever is called for an item has opened it, or it is dealt with."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from store import alerts
from store.alert_rows import Alert
from store.models import Feedback


def opened(session: Session, item: int, last: int, by: str, at: datetime) -> None:
    """Somebody who is called for these has opened their item: they have its alerts up to `last`."""
    theirs = (Alert.feedback_id == item, Alert.id <= last, Alert.acknowledged_at.is_(None))
    for alert in session.scalars(select(Alert).where(*theirs)).all():
        alerts.acknowledge(session, alert, by, alerts.How.DESK, at)


def dealt_with(session: Session) -> int:
    """End the alerts whose item was finished or erased since."""
    found = session.execute(
        select(Alert, Feedback)
        .join(Feedback, Feedback.id == Alert.feedback_id)
        .where(
            Alert.acknowledged_at.is_(None),
            or_(Feedback.closed_at >= Alert.opened_at, Feedback.erased_at >= Alert.opened_at),
        )
        .limit(alerts.AT_MOST)
    ).all()
    for alert, item in found:
        at = min(end for end in (item.closed_at, item.erased_at) if end and end >= alert.opened_at)
        alerts.acknowledge(session, alert, item.looked_by, alerts.How.DESK, at)
    return len(found)
