"""Why a text of ours does not go, or not now: asked before each try, while Twilio lacks it."""

from datetime import datetime

from sqlalchemy.orm import Session

from store import alert_messages, alerts, of_phone, replies
from store.alert_rows import Alert, Why
from store.arrival_rows import Caller
from store.models import Feedback
from store.upkeep import Outgoing, Sending
from triage import safeguarding
from workers.alert_steps import opening
from workers.room import Room

# With the longest wait, about six hours of trying; a person sees the reason then.
MOST_TRIES = 30
NIGHT = "It is no matter of life and death: it waits until the line opens."


def alert_of(session: Session, row: Outgoing) -> Alert | None:
    """The alert that a text tells somebody on the rota of; None for any other text."""
    is_of_one = row.key.startswith(alert_messages.KEY)
    return alert_messages.told_of(session, row.id) if is_of_one else None


def opening_of(room: Room, row: Outgoing, alert: Alert | None) -> datetime | None:
    """When a late text of an R2 may go: words of abuse wake nobody. None: now."""
    if alert is None or alert.why is not Why.R2 or row.state is not Sending.DUE:
        return None
    opens = opening(room.script.line.opening, room.now())
    return opens if opens > room.now() else None


def pointless(session: Session, room: Room, row: Outgoing, alert: Alert | None) -> str | None:
    """Why a text is not tried (any more), or None."""
    if row.attempts > MOST_TRIES:
        return f"After {MOST_TRIES} tries: {row.reason or 'the program stopped on it.'}"
    # What may have gone out is not looked up for this: it would only wake somebody once more.
    if alert and alert.acknowledged_at:
        return alerts.TAKEN
    if alert and alert.why is Why.TEST and row.state is Sending.DUE and _over(alert, room.now()):
        return "The test was over before it was sent."
    caller = session.get_one(Caller, row.caller_id)
    # The one text that somebody who has just said STOP still gets says that it was heard.
    goodbye = room.script.text(room.script.line.languages[0], "stop")
    if caller.opted_out and row.state is Sending.DUE and row.body != goodbye:
        return "This phone has opted out of texts."
    if row.state is Sending.DUE and _taken_back(session, row):
        return "Contact is not allowed any more: their answer, or how urgent it is, has changed."
    return None


def _over(test: Alert, now: datetime) -> bool:
    """Whether nobody waits for an answer any more, though the round may not have come to it yet."""
    return test.due_at is None or test.due_at <= now


def _taken_back(session: Session, row: Outgoing) -> bool:
    """Whether a text of a colleague's, or about an erasure, may not go any more: what allowed it
    changed while it waited.
    """
    if row.key.startswith((replies.LEADS, replies.ERASED)) and replies.refused_since(session, row):
        return True
    item = session.get(Feedback, row.feedback_id) if row.feedback_id else None
    if item is None or not row.key.startswith((replies.AGREED, replies.LEADS)):
        return False
    doubt = of_phone.in_doubt(session, item)
    agreed = safeguarding.agreed(item, by_text=True, doubt=doubt)
    return item.hidden_at is not None or not (agreed or row.key.startswith(replies.LEADS))
