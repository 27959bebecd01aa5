"""Who answers an alert: the phone that was texted, or whoever holds the link of a message."""

from datetime import datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import Select, Table, bindparam, case, func, select
from sqlalchemy.orm import Session

from store.alert_rows import Alert, AlertMessage, Why
from store.database import plainly
from store.models import Feedback
from store.prepared import Prepared

DAY = timedelta(days=1)
SKEW = timedelta(minutes=1)  # between Twilio's clock and ours
MESSAGES = cast(Table, AlertMessage.__table__)

# An alert, the message that told of it, and its item.
Told = tuple[Alert, AlertMessage, Feedback | None]

# Each "1" and "yes" that anybody texts asks the first of these, and hardly anybody the second.
WAS_TOLD = Prepared(
    select(MESSAGES.c.id).where(MESSAGES.c.caller_id == bindparam("phone")).limit(1)
)
# Of each alert that a phone was texted of: the latest text.
LATEST = (
    select(func.max(AlertMessage.id).label("id"))
    .where(AlertMessage.caller_id == bindparam("phone"))
    .where(AlertMessage.made_at <= bindparam("until"))
    .group_by(AlertMessage.alert_id)
)
TO_PHONE = (
    select(Alert, AlertMessage, Feedback)
    .join(AlertMessage, AlertMessage.alert_id == Alert.id)
    .outerjoin(Feedback, Feedback.id == Alert.feedback_id)
    .where(AlertMessage.id.in_(LATEST))
)
OPEN = Alert.acknowledged_at.is_(None)
# A test stands before the rest: who answers it has not said that they have what is urgent. One that
# was missed stands last: it was of another day.
TURN = case((Alert.why != Why.TEST, 1), (Alert.given_up_at.is_not(None), 2), else_=0)


class Calls(NamedTuple):
    """What a phone was texted of. `waiting`: the first that nobody has, the likeliest, then oldest,
    of `many`; `taken`: the latest that somebody has since a day, where none waits. `reference`:
    where only those of one item were asked for. `last`: when the phone was last texted of any."""

    waiting: Told | None
    many: int
    taken: Told | None
    reference: str | None
    last: datetime


def to_phone(
    session: Session, caller_id: int, now: datetime, reference: str | None = None
) -> Calls | None:
    """What a phone was texted of (`reference`: about one item) and may answer; None if nothing.

    `now`: when the phone answered; an OK that waited at Twilio says nothing of what was told after
    it.
    """
    if WAS_TOLD.row(plainly(session), {"phone": caller_id}) is None:
        return None
    asked = {"phone": caller_id, "until": now + SKEW}
    those = TO_PHONE.where(Feedback.reference == reference) if reference else TO_PHONE
    waiting = _first(session, those.where(OPEN).order_by(TURN, Alert.id), asked)
    since = those.where(~OPEN, AlertMessage.made_at > now - DAY).order_by(Alert.id.desc())
    taken = None if waiting else _first(session, since, asked)
    if not waiting and not taken:
        return None
    told = select(func.max(AlertMessage.made_at)).where(AlertMessage.id.in_(LATEST))
    many = select(func.count()).select_from(those.where(OPEN).subquery())
    return Calls(
        waiting,
        session.scalar(many, asked) or 0,
        taken,
        reference,
        session.scalar(told, asked) or now,
    )


def _first(
    session: Session, those: Select[Alert, AlertMessage, Feedback], asked: dict[str, object]
) -> Told | None:
    found = session.execute(those.limit(1), asked).one_or_none()
    return (found[0], found[1], found[2]) if found else None


def by_token(session: Session, token: str) -> Told | None:
    """What the link of a message is about."""
    found = session.execute(
        select(Alert, AlertMessage, Feedback)
        .join(AlertMessage, AlertMessage.alert_id == Alert.id)
        .outerjoin(Feedback, Feedback.id == Alert.feedback_id)
        .where(AlertMessage.token == token)
    ).one_or_none()
    return (found[0], found[1], found[2]) if found else None
