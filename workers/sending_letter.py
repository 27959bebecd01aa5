"""One text in hand: claimed, opened, and marked as perhaps at Twilio before it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from store import outgoing
from store.models import Caller
from store.seal import CannotOpen
from store.upkeep import Outgoing, Sending
from workers.carrier_lists import Row
from workers.listed import moment
from workers.room import Room

# With the longest wait, about six hours of trying; a person sees the reason then.
MOST_TRIES = 30
KEY_LOST = timedelta(minutes=15)
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
        caller = session.get_one(Caller, row.caller_id)
        why = _pointless(room, row, caller)
        if why:
            outgoing.failed(session, number, why)
            return None
        return _opened(session, room, row, caller)


def renewed(room: Room, letter: Letter) -> bool:
    """Whether it is still ours to post: looking it up may have taken longer than the claim."""
    with room.database.writing() as session:
        return outgoing.renew(session, letter.number, letter.held_until, room.now())


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


def _pointless(room: Room, row: Outgoing, caller: Caller) -> str | None:
    """Why a text is not tried (any more), or None."""
    if row.attempts > MOST_TRIES:
        return f"After {MOST_TRIES} tries: {row.reason or 'the program stopped on it.'}"
    # The one text that somebody who has just said STOP still gets says that it was heard.
    goodbye = room.script.text(room.script.line.languages[0], "stop")
    if caller.opted_out and row.state is Sending.DUE and row.body != goodbye:
        return "This phone has opted out of texts."
    return None


def _opened(session: Session, room: Room, row: Outgoing, caller: Caller) -> Letter | None:
    try:
        to = room.seal.open(caller.number)
    except CannotOpen as why:
        outgoing.again(session, row.id, row.state, room.now() + KEY_LOST, f"{why}.")
        return None
    perhaps_sent, row.state = row.state is Sending.UNKNOWN, Sending.UNKNOWN
    assert row.claimed_until is not None
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
