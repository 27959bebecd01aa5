"""One text in hand: claimed, opened, and marked as perhaps at Twilio before it is."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from store import alert_messages, alerts, outgoing, replies
from store.alert_rows import Alert, Why
from store.models import Caller, Feedback
from store.seal import CannotOpen
from store.upkeep import Outgoing, Sending
from triage import safeguarding
from workers.alert_steps import opening
from workers.carrier_lists import Row
from workers.listed import moment
from workers.room import Room

# With the longest wait, about six hours of trying; a person sees the reason then.
MOST_TRIES = 30
KEY_LOST = timedelta(minutes=15)
NIGHT = "It is no matter of life and death: it waits until the line opens."
SKEW = timedelta(minutes=1)  # between Twilio's clock and ours


@dataclass(frozen=True)
class Letter:
    """One text: whom it goes to, and whether it may have gone out before."""

    number: int
    caller_id: int
    sender: str
    to: str
    body: str
    made_at: datetime
    attempts: int
    perhaps_sent: bool
    held_until: datetime


def take(room: Room, number: int) -> Letter | None:
    """Claim a text. From this commit on Twilio may have it, whatever becomes of this process."""
    with room.database.writing() as session:
        row = outgoing.claim(session, number, room.now())
        if row is None:
            return None
        assert row.claimed_until is not None
        caller = session.get_one(Caller, row.caller_id)
        alert = _alert(session, row)
        why = _pointless(session, room, row, caller, alert)
        if why:
            outgoing.failed(session, number, row.claimed_until, why)
            return None
        later = _opening(room, row, alert)
        if later:
            outgoing.again(session, number, row.claimed_until, row.state, later, NIGHT)
            return None
        return _opened(session, room, row, caller)


def renewed(room: Room, letter: Letter) -> Letter | None:
    """The letter, held for longer; None if looking it up took longer than the claim on it."""
    with room.database.writing() as session:
        until = outgoing.renew(session, letter.number, letter.held_until, room.now())
    return replace(letter, held_until=until) if until else None


def alike(letter: Letter, row: Row) -> bool:
    """Whether a row of Twilio's list may be this text: sent by us, since, and word for word."""
    made = moment(row, "date_created", "date_sent")
    return (
        row.get("direction") == "outbound-api"
        and row.get("to") == letter.to
        and str(row.get("body", "")).strip() == letter.body.strip()
        and made is not None
        and made >= letter.made_at - SKEW
        and isinstance(row.get("sid"), str)
    )


def _alert(session: Session, row: Outgoing) -> Alert | None:
    is_of_one = row.key.startswith(alert_messages.KEY)
    return alert_messages.told_of(session, row.id) if is_of_one else None


def _opening(room: Room, row: Outgoing, alert: Alert | None) -> datetime | None:
    """When a late text of an R2 may go: words of abuse wake nobody. None: now."""
    if alert is None or alert.why is not Why.R2 or row.state is not Sending.DUE:
        return None
    opens = opening(room.script.line.opening, room.now())
    return opens if opens > room.now() else None


def _pointless(
    session: Session, room: Room, row: Outgoing, caller: Caller, alert: Alert | None
) -> str | None:
    """Why a text is not tried (any more), or None."""
    if row.attempts > MOST_TRIES:
        return f"After {MOST_TRIES} tries: {row.reason or 'the program stopped on it.'}"
    # What may have gone out is not looked up for this: it would only wake somebody once more.
    if alert and alert.acknowledged_at:
        return alerts.TAKEN
    if alert and alert.why is Why.TEST and row.state is Sending.DUE and _over(alert, room.now()):
        return "The test was over before it was sent."
    # The one text that somebody who has just said STOP still gets says that it was heard.
    goodbye = room.script.text(room.script.line.languages[0], "stop")
    if caller.opted_out and row.state is Sending.DUE and row.body != goodbye:
        return "This phone has opted out of texts."
    item = session.get(Feedback, row.feedback_id) if row.feedback_id else None
    if item and row.state is Sending.DUE and _taken_back(item, row.key):
        return "Contact is not allowed any more: their answer, or how urgent it is, has changed."
    return None


def _over(test: Alert, now: datetime) -> bool:
    """Whether nobody waits for an answer any more, though the round may not have come to it yet."""
    return test.due_at is None or test.due_at <= now


def _taken_back(item: Feedback, key: str) -> bool:
    """Whether a colleague's reply may not go any more: what allowed it changed while it waited."""
    if key.startswith(replies.AGREED):
        return item.hidden_at is not None or not safeguarding.agreed(item)
    return key.startswith(replies.LEADS) and item.hidden_at is not None


def _opened(session: Session, room: Room, row: Outgoing, caller: Caller) -> Letter | None:
    assert row.claimed_until is not None
    try:
        to = room.seal.open(caller.number)
    except CannotOpen as why:
        later = room.now() + KEY_LOST
        outgoing.again(session, row.id, row.claimed_until, row.state, later, f"{why}.")
        return None
    perhaps_sent, row.state = row.state is Sending.UNKNOWN, Sending.UNKNOWN
    return Letter(
        number=row.id,
        caller_id=caller.id,
        sender=row.sender,
        to=to,
        body=row.body,
        made_at=row.made_at,
        attempts=row.attempts,
        perhaps_sent=perhaps_sent,
        held_until=row.claimed_until,
    )
