"""Who answers an alert: the phone that was texted, or whoever holds the link of a message."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from store.alert_rows import Alert, AlertMessage, Why
from store.database import plainly
from store.models import Feedback
from store.prepared import Prepared

DAY = timedelta(days=1)
SKEW = timedelta(minutes=1)  # between Twilio's clock and ours
AT_MOST = 20
MESSAGES = cast(Table, AlertMessage.__table__)

# An alert, the message that told of it, and its item.
Told = tuple[Alert, AlertMessage, Feedback | None]

# Each "1" and "yes" that anybody texts asks the first of these, and hardly anybody the second.
WAS_TOLD = Prepared(
    select(MESSAGES.c.id).where(MESSAGES.c.caller_id == bindparam("phone")).limit(1)
)
TO_PHONE = (
    select(Alert, AlertMessage, Feedback)
    .join(AlertMessage, AlertMessage.alert_id == Alert.id)
    .outerjoin(Feedback, Feedback.id == Alert.feedback_id)
    .where(AlertMessage.caller_id == bindparam("phone"))
    .where(Alert.acknowledged_at.is_(None) | (AlertMessage.made_at > bindparam("since")))
    .where(AlertMessage.made_at <= bindparam("until"))
    .order_by(AlertMessage.id.desc())
    .limit(AT_MOST)
)


def to_phone(session: Session, caller_id: int, now: datetime) -> Sequence[Told]:
    """What a phone was texted of and nobody has yet, or somebody has since a day; oldest first.

    A test stands before the rest: who answers it has not said that they have what is urgent. One
    that was missed stands last: it was of another day. `now`: when the phone answered; an OK that
    waited at Twilio says nothing of what was told after it.
    """
    if WAS_TOLD.row(plainly(session), {"phone": caller_id}) is None:
        return ()
    asked = {"phone": caller_id, "since": now - DAY, "until": now + SKEW}
    found = session.execute(TO_PHONE, asked).all()
    once = {alert.id: (alert, message, item) for alert, message, item in reversed(found)}
    return sorted(once.values(), key=lambda told: (_turn(told[0]), told[0].id))


def _turn(alert: Alert) -> int:
    missed = alert.given_up_at and not alert.acknowledged_at
    return 1 if alert.why is not Why.TEST else 2 if missed else 0


def by_token(session: Session, token: str) -> Told | None:
    """What the link of a message is about."""
    found = session.execute(
        select(Alert, AlertMessage, Feedback)
        .join(AlertMessage, AlertMessage.alert_id == Alert.id)
        .outerjoin(Feedback, Feedback.id == Alert.feedback_id)
        .where(AlertMessage.token == token)
    ).one_or_none()
    return (found[0], found[1], found[2]) if found else None
