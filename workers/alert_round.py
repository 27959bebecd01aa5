"""Takes every alert a step on: rows only, so it needs no queue, no mail and no Twilio.

What is written here is sent by `alert_post`, and by the workers; both only once.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dialogue import numbers
from dialogue.rota import Person, Rota
from hours import LONDON
from store import alert_desk, alert_messages, alerts, callers, outgoing
from store.alert_rows import Alert, AlertMessage, Way
from store.models import Feedback
from workers import alert_words
from workers.alert_steps import GiveUp, Tell, decide
from workers.alert_words import Call
from workers.room import Room

# Nothing is asked of the past: a test that was missed by more than this is not made up for.
LATE = timedelta(hours=4)
ANOTHER = "Another message took its place before it was sent."

log = logging.getLogger(__name__)


def advance(room: Room) -> int:
    """Open what is to be opened, end what is ended, tell whoever is next. How many steps."""
    now = room.now()
    with room.database.writing() as session:
        alerts.unanswered(session, now)
        alert_desk.dealt_with(session)
        _test(session, room, now)
        for alert in alert_messages.hopeless(session, now, alerts.AT_MOST):
            alert.due_at = now
        session.flush()
        due = alerts.due(session, now)
        for alert in due:
            _step(session, room, alert, now)
    return len(due)


def _step(session: Session, room: Room, alert: Alert, now: datetime) -> None:
    rota, told = _others(session, room, alert), alert_messages.told(session, alert)
    reached, hours = alert_messages.reached(session, alert), room.script.line.opening
    match decide(rota, hours, alert.why, alert.turn, told, now, reached=reached):
        case Tell(person, until):
            alert.step, alert.due_at, alert.reason = alert.step + 1, until, None
            _tell(session, room, alert, person, now)
        case GiveUp(reason, again, turns):
            alert.given_up_at = alert.given_up_at or now
            alert.reason, alert.due_at = reason, again
            # A step of its own: nobody is waited for, so no message of it can have failed.
            alert.step += again is not None
            alert.turn += turns if again else 0
            log.warning("an alert was answered by nobody: %s", reason)
        case later:
            alert.due_at = later.until


def _others(session: Session, room: Room, alert: Alert) -> Rota:
    """Whoever may be called: a colleague who cries for help is not called to their own cry."""
    rota = room.script.line.rota
    item = session.get(Feedback, alert.feedback_id) if alert.feedback_id else None
    if item is None or item.caller is None:
        return rota
    theirs = item.caller.joined
    others = tuple(p for p in rota.people if not p.phone or room.seal.join(p.phone) != theirs)
    return rota.model_copy(update={"people": others})


def _tell(session: Session, room: Room, alert: Alert, person: Person, now: datetime) -> None:
    # One who could not be reached for hours gets one message in the end, not one for each hour.
    own = AlertMessage.alert_id == alert.id, AlertMessage.person == person.name
    alert_messages.withdraw(session, ANOTHER, *own)
    if person.phone and room.script.line.sender:
        _text(session, room, alert, person, now)
    if person.email:
        token = alert_messages.new_token()
        alert_messages.make(session, alert, person.name, Way.MAIL, token, now)


def _text(session: Session, room: Room, alert: Alert, person: Person, now: datetime) -> None:
    """A text like any other of ours: to a phone, posted once, looked up before it goes again."""
    assert person.phone is not None
    token, sender = alert_messages.new_token(), room.script.line.sender or ""
    phone = callers.known(session, room.seal, person.phone, numbers.reachable, now)
    sent = outgoing.make(
        session,
        key=f"{alert_messages.KEY}{alert.id}:{alert.step}",
        caller_id=phone.id,
        feedback_id=None,
        sender=sender,
        body=alert_words.text(call(session, room, alert, token)),
        at=now,
    )
    alert_messages.make(
        session, alert, person.name, Way.TEXT, token, now, caller_id=phone.id, outgoing_id=sent
    )


def call(session: Session, room: Room, alert: Alert, token: str) -> Call:
    """An alert in the words of one message."""
    item = session.get(Feedback, alert.feedback_id) if alert.feedback_id else None
    return Call(
        line=room.script.line.name,
        why=alert.why,
        reference=item.reference if item else None,
        public_url=room.settings.public_url,
        token=token,
        minutes=room.script.line.rota.escalate_minutes,
    )


def _test(session: Session, room: Room, now: datetime) -> None:
    """The test alert of today, once its time has come, if the line is open and anybody is named."""
    line, here = room.script.line, now.astimezone(LONDON)
    if line.rota.test is None or not line.rota.people or not line.opening.open_at(now):
        return
    at = datetime.combine(here.date(), line.rota.test, LONDON)
    if at <= now < at + LATE:
        alerts.open_test(session, f"{here.date()}", now)
