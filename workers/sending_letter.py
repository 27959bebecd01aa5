"""One text in hand: claimed, opened, and marked as perhaps at Twilio before it is."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from store import outgoing
from store.arrival_rows import Caller
from store.seal import CannotOpen
from store.upkeep import Outgoing, Sending
from workers import sending_barred as barred
from workers.carrier_lists import Row
from workers.listed import moment
from workers.room import Room

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
        if row is None or not _goes(session, room, row):
            return None
        return _opened(session, room, row)


def renewed(room: Room, letter: Letter) -> Letter | None:
    """The letter that Twilio does not have, held for longer. None if looking it up took longer than
    the claim on it, or if it may not go any more: whoever it is for may have said STOP meanwhile.
    """
    with room.database.writing() as session:
        until = outgoing.renew(session, letter.number, letter.held_until, room.now())
        if until is None:
            return None
        row = session.get_one(Outgoing, letter.number)
        row.state = Sending.DUE  # as one that was never tried
        if not _goes(session, room, row):
            return None
        row.state = Sending.UNKNOWN
    return replace(letter, held_until=until)


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


def _goes(session: Session, room: Room, row: Outgoing) -> bool:
    """Whether a claimed text may go now; one that may not is ended or put off, with the reason."""
    assert row.claimed_until is not None
    alert = barred.alert_of(session, row)
    why = barred.pointless(session, room, row, alert)
    if why:
        outgoing.failed(session, row.id, row.claimed_until, why)
        return False
    later = barred.opening_of(room, row, alert)
    if later:
        outgoing.again(session, row.id, row.claimed_until, row.state, later, barred.NIGHT)
    return later is None


def _opened(session: Session, room: Room, row: Outgoing) -> Letter | None:
    assert row.claimed_until is not None
    caller = session.get_one(Caller, row.caller_id)
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
