"""The messages of alerts: made once for each step, mails in hand, and who was told what."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.alert_rows import Alert, AlertMessage, Way
from store.inserts import insert_once
from store.leases import free
from store.upkeep import Outgoing, Sending

UNFINISHED = (Sending.DUE, Sending.UNKNOWN)
# Longer than a mail server that hangs at every word is waited for.
LEASE = timedelta(minutes=2)
KEY = "alert:"  # of the texts of alerts, beside other texts of ours
LONGEST = 300  # characters of a reason, as its column has it


@dataclass(frozen=True)
class Message:
    """One line of an alert's record: who was told, by which way, when, and how far it came."""

    person: str
    way: Way
    at: datetime
    state: Sending
    reason: str | None


def new_token() -> str:
    """What makes a link that only its reader knows: 128 random bits."""
    return secrets.token_urlsafe(16)


def make(
    session: Session,
    alert: Alert,
    person: str,
    way: Way,
    token: str,
    at: datetime,
    *,
    caller_id: int | None = None,
    outgoing_id: int | None = None,
) -> int | None:
    """One message of the step that the alert is at. None if it was made before."""
    mail = way is Way.MAIL
    return insert_once(
        session,
        AlertMessage,
        key=f"{alert.id}:{alert.step}:{way}",
        alert_id=alert.id,
        turn=alert.turn,
        step=alert.step,
        person=person,
        way=way,
        token=token,
        caller_id=caller_id,
        outgoing_id=outgoing_id,
        made_at=at,
        state=Sending.DUE if mail else None,
        due_at=at if mail else None,
        attempts=0,
    )


def told(session: Session, alert: Alert) -> list[str]:
    """Who was told in the alert's present turn, in that order; somebody told twice, twice."""
    steps = (
        select(AlertMessage.step, func.min(AlertMessage.person))
        .where(AlertMessage.alert_id == alert.id, AlertMessage.turn == alert.turn)
        .group_by(AlertMessage.step)
        .order_by(AlertMessage.step)
    )
    return [person for _, person in session.execute(steps)]


def reached(session: Session, alert: Alert) -> bool:
    """Whether Twilio or a mail server took a message of the alert's present turn."""
    own = (AlertMessage.alert_id == alert.id, AlertMessage.turn == alert.turn)
    taken = func.coalesce(Outgoing.state, AlertMessage.state) == Sending.SENT
    sent = select(AlertMessage.id).outerjoin(Outgoing, Outgoing.id == AlertMessage.outgoing_id)
    return session.scalar(sent.where(*own, taken).limit(1)) is not None


def withdraw(session: Session, why: str, *those: ColumnElement[bool]) -> None:
    """Of these messages, what surely was not sent yet goes no more, for this reason."""
    texts = select(AlertMessage.outgoing_id).where(AlertMessage.outgoing_id.is_not(None), *those)
    unsent = {"state": Sending.FAILED, "due_at": None, "reason": why}
    waits = Outgoing.id.in_(texts), Outgoing.state == Sending.DUE
    session.execute(update(Outgoing).where(*waits).values(**unsent))
    mails = update(AlertMessage).where(AlertMessage.state == Sending.DUE, *those)
    session.execute(mails.values(**unsent))


def of(session: Session, alerts: Sequence[Alert]) -> Mapping[int, Sequence[Message]]:
    """Who was told of each alert, when, by which way, and how far that came; by the alert's id."""
    state, reason = (
        func.coalesce(getattr(Outgoing, name), getattr(AlertMessage, name))
        for name in ("state", "reason")
    )
    asked = (
        select(AlertMessage, state, reason)
        .outerjoin(Outgoing, Outgoing.id == AlertMessage.outgoing_id)
        .where(AlertMessage.alert_id.in_([alert.id for alert in alerts]))
        .order_by(AlertMessage.id)
    )
    found: dict[int, list[Message]] = {alert.id: [] for alert in alerts}
    for row, how, why in session.execute(asked):
        found[row.alert_id].append(Message(row.person, row.way, row.made_at, Sending(how), why))
    return found


def hopeless(session: Session, now: datetime, at_most: int) -> Sequence[Alert]:
    """Open alerts whose last step reached nobody: every message of it has failed for good.

    Locked until the commit: whoever looks at the same time does not take their next step too.
    """
    here = aliased(AlertMessage)
    own = (here.alert_id == Alert.id, here.step == Alert.step, here.turn == Alert.turn)
    alive = (
        select(here.id)
        .outerjoin(Outgoing, Outgoing.id == here.outgoing_id)
        .where(*own, func.coalesce(Outgoing.state, here.state) != Sending.FAILED)
    )
    wanted = select(Alert).where(
        Alert.acknowledged_at.is_(None),
        Alert.due_at > now,
        select(here.id).where(*own).exists(),
        ~alive.exists(),
    )
    return session.scalars(wanted.limit(at_most).with_for_update(skip_locked=True)).all()


def untold_texts(session: Session, now: datetime, at_most: int) -> Sequence[int]:
    """The texts of alerts that wait to be sent, though no worker has come to them yet."""
    wanted = (
        select(Outgoing.id)
        .join(AlertMessage, AlertMessage.outgoing_id == Outgoing.id)
        .where(Outgoing.due_at.is_not(None), free(Outgoing.claimed_until, now))
        .where(or_(Outgoing.due_at <= now, Outgoing.attempts == 0))
    )
    return session.scalars(wanted.order_by(Outgoing.due_at).limit(at_most)).all()


def told_of(session: Session, text: int) -> Alert | None:
    """The alert that a text tells of."""
    wanted = select(Alert).join(AlertMessage, AlertMessage.alert_id == Alert.id)
    return session.scalars(wanted.where(AlertMessage.outgoing_id == text)).one_or_none()


def due_mails(session: Session, now: datetime, at_most: int) -> Sequence[int]:
    """The mails whose time has come, oldest first."""
    wanted = select(AlertMessage.id).where(AlertMessage.due_at <= now)
    return session.scalars(wanted.order_by(AlertMessage.due_at).limit(at_most)).all()


def claim(session: Session, number: int, now: datetime) -> AlertMessage | None:
    """Take a mail in hand. From this commit on it may have gone out, whatever becomes of us."""
    won = session.execute(
        update(AlertMessage)
        .where(
            AlertMessage.id == number,
            AlertMessage.state.in_(UNFINISHED),
            free(AlertMessage.claimed_until, now),
        )
        .values(
            state=Sending.UNKNOWN,
            claimed_until=now + LEASE,
            due_at=now + LEASE,
            attempts=AlertMessage.attempts + 1,
        )
        .returning(AlertMessage.id)
    ).scalar()
    return session.get(AlertMessage, number) if won else None


def settle(
    session: Session,
    number: int,
    state: Sending,
    *,
    due_at: datetime | None = None,
    sent_at: datetime | None = None,
    reason: str | None = None,
) -> None:
    """How a mail fared."""
    session.execute(
        update(AlertMessage)
        .where(AlertMessage.id == number, AlertMessage.state.in_(UNFINISHED))
        .values(
            state=state,
            claimed_until=None,
            due_at=due_at,
            sent_at=sent_at,
            reason=reason and reason[:LONGEST],
        )
    )
