"""Alerts by name: opened once for each call for help, found while nobody has them, ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from store import alert_messages
from store.alert_rows import Alert, AlertMessage, How, Why
from store.inserts import insert_once
from store.models import Feedback
from store.upkeep import Outgoing, Sending

__all__ = ["How", "Why"]

AT_MOST = 200
# A clock that was dead over a long weekend still finds whom help was not named to.
LONG_AWAY = timedelta(days=7)
TAKEN = "Somebody has it already."


def open_for(session: Session, item: Feedback, why: Why, at: datetime) -> int | None:
    """Call the rota for an item. None while an alert for the same is open: repeats are harmless.

    After that one was acknowledged, the next call is a new alert; an R1 that nobody answered and
    nobody is called for any more begins anew. An R1 takes the place of an R2.
    """
    before = session.scalars(
        select(Alert.acknowledged_at).where(Alert.feedback_id == item.id, Alert.why == why)
    ).all()
    if None in before:
        if why is Why.R1:
            _begin_anew(session, item, at)
        return None
    if why is Why.R1:
        r2 = select(Alert).where(Alert.feedback_id == item.id, Alert.why == Why.R2)
        for alert in session.scalars(r2.where(Alert.acknowledged_at.is_(None))).all():
            acknowledge(session, alert, None, How.OVERTAKEN, at)
    return _open(session, f"{why}:{item.id}:{len(before)}", why, item.id, at)


def calls(session: Session, item: Feedback) -> Sequence[tuple[Why, bool]]:
    """What the rota was called for about an item, and of each whether somebody has it."""
    taken = Alert.acknowledged_at.is_not(None)
    return [
        (why, bool(has))
        for why, has in session.execute(
            select(Alert.why, taken).where(Alert.feedback_id == item.id).order_by(Alert.id)
        )
    ]


def open_test(session: Session, day: str, at: datetime) -> int | None:
    """The test alert of a day, once."""
    return _open(session, f"{Why.TEST}:{day}", Why.TEST, None, at)


def acknowledge(session: Session, alert: Alert, by: str | None, how: How, at: datetime) -> bool:
    """Somebody has it: nobody else is told. False if somebody had it before."""
    won = session.execute(
        update(Alert)
        .where(Alert.id == alert.id, Alert.acknowledged_at.is_(None))
        .values(acknowledged_at=at, acknowledged_by=by, how=how, due_at=None)
        .returning(Alert.id)
    ).scalar()
    if won is None:
        return False
    alert_messages.withdraw(session, TAKEN, AlertMessage.alert_id == alert.id)
    session.refresh(alert)
    if alert.why is Why.TEST and how is not How.OVERTAKEN:
        for older in unacknowledged(session):
            if older.why is Why.TEST and older.opened_at < alert.opened_at:
                acknowledge(session, older, by, How.OVERTAKEN, at)
    return True


def unanswered(session: Session, now: datetime) -> None:
    """Open an alert for each crisis reply that reached nobody, unless there is one."""
    told = select(Alert.id).where(
        Alert.feedback_id == Outgoing.feedback_id,
        Alert.why == Why.UNANSWERED,
        Alert.opened_at >= Outgoing.made_at,
    )
    items = session.scalars(
        select(Feedback)
        .join(Outgoing, Outgoing.feedback_id == Feedback.id)
        .where(
            Outgoing.crisis,
            Outgoing.made_at > now - LONG_AWAY,
            Outgoing.state == Sending.FAILED,
            ~told.exists(),
        )
        .limit(AT_MOST)
    ).all()
    for item in items:
        open_for(session, item, Why.UNANSWERED, now)


def due(session: Session, now: datetime) -> Sequence[Alert]:
    """The alerts whose next step has come, locked until the commit."""
    wanted = select(Alert).where(Alert.due_at <= now, Alert.acknowledged_at.is_(None))
    oldest = wanted.order_by(Alert.due_at).limit(AT_MOST)
    return session.scalars(oldest.with_for_update(skip_locked=True)).all()


def unacknowledged(session: Session, at_most: int = AT_MOST) -> Sequence[Alert]:
    """The alerts that nobody has yet, oldest first."""
    wanted = select(Alert).where(Alert.acknowledged_at.is_(None))
    return session.scalars(wanted.order_by(Alert.opened_at, Alert.id).limit(at_most)).all()


def counted(session: Session) -> Mapping[str, int]:
    """How many alerts nobody has yet, by what they are about."""
    return _by_why(session)


def given_up(session: Session) -> Mapping[str, int]:
    """How many of those were told to everybody and answered by nobody, by what they are about."""
    return _by_why(session, Alert.given_up_at.is_not(None))


def oldest(session: Session) -> datetime | None:
    """When the alert was opened that has waited longest for somebody; a test is no such thing."""
    waiting = select(func.min(Alert.opened_at)).where(Alert.acknowledged_at.is_(None))
    found: datetime | None = session.scalar(waiting.where(Alert.why != Why.TEST))
    return found


def last_test(session: Session) -> Alert | None:
    """The latest test alert."""
    tests = select(Alert).where(Alert.feedback_id.is_(None), Alert.why == Why.TEST)
    return session.scalars(tests.order_by(Alert.id.desc()).limit(1)).one_or_none()


def _begin_anew(session: Session, item: Feedback, at: datetime) -> None:
    """They cry again, and whoever was told of it before slept: all are told, from the first on."""
    rests = (Alert.acknowledged_at.is_(None), Alert.reason.is_not(None))
    session.execute(
        update(Alert)
        .where(Alert.feedback_id == item.id, Alert.why == Why.R1, *rests)
        .values(due_at=at, turn=Alert.turn + 1 + Alert.turn % 2, step=Alert.step + 1, reason=None)
    )


def _by_why(session: Session, *those: ColumnElement[bool]) -> Mapping[str, int]:
    rows = select(Alert.why).where(Alert.acknowledged_at.is_(None), *those).limit(AT_MOST)
    of = rows.subquery()
    found = session.execute(select(of.c.why, func.count()).group_by(of.c.why))
    return dict.fromkeys(map(str, Why), 0) | {str(why): count for why, count in found}


def _open(
    session: Session, key: str, why: Why, feedback_id: int | None, at: datetime
) -> int | None:
    return insert_once(
        session,
        Alert,
        key=key,
        why=why,
        feedback_id=feedback_id,
        opened_at=at,
        due_at=at,
        turn=1,
        step=0,
    )
