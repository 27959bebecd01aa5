"""Sends a text of ours, once: what may have gone out already is looked up before it goes again."""

from datetime import timedelta

from store import outgoing
from store.upkeep import Sending
from workers import sending_letter
from workers.carrier import TwilioAway
from workers.carrier_texts import NotTaken, Refused, Sent, Unsure
from workers.room import Room
from workers.sending_letter import Letter

LONGEST_WAIT = timedelta(minutes=15)

OPTED_OUT = 21610
REASONS = {
    OPTED_OUT: "This phone has opted out of texts",
    21211: "This is no telephone number",
    21408: "Texts to that country are switched off at Twilio",
    21606: "The line's own number cannot send texts",
    21608: "Twilio's trial account may not text this number",
    21612: "Twilio knows no way to this number",
    21614: "This number cannot get texts",
    21635: "This is a landline: it gets no texts",
}


def send(room: Room, number: int) -> None:
    """One ring for one text: post it, unless it is found to be at Twilio already."""
    letter = sending_letter.take(room, number)
    if letter is None:
        return
    if letter.perhaps_sent:
        try:
            found = _looked_up(room, letter)
        except TwilioAway as why:
            _later(room, letter, Sending.UNKNOWN, f"It may have been sent. {why}.")
            return
        if found:
            _sent(room, letter, found)
            return
        renewed = sending_letter.renewed(room, letter)
        if renewed is None:
            return
        letter = renewed
    _post(room, letter)


def _post(room: Room, letter: Letter) -> None:
    try:
        sent = room.carrier.texts.send(letter.sender, letter.to, letter.body)
    except Refused as why:
        _refused(room, letter, why.code)
    except NotTaken as why:
        _later(room, letter, Sending.DUE, f"{why}.")
    except Unsure as why:
        # The claim stays until Twilio's list can be trusted; then the sweep has it looked up.
        with room.database.writing() as session:
            outgoing.unsure(session, letter.number, f"It may have been sent: {why}.")
    else:
        _sent(room, letter, sent)


def _looked_up(room: Room, letter: Letter) -> Sent | None:
    """This text in Twilio's list of what went to that phone. Raises TwilioAway."""
    for page in room.carrier.lists.pages("Messages", {"To": letter.to}):
        alike = [row for row in page if sending_letter.alike(letter, row)]
        with room.database.reading() as session:
            taken = outgoing.others(session, letter.number, [str(row["sid"]) for row in alike])
        for row in alike:
            if row["sid"] not in taken:
                return Sent(str(row["sid"]), str(row.get("status", "")))
    return None


def _sent(room: Room, letter: Letter, sent: Sent) -> None:
    with room.database.writing() as session:
        outgoing.sent(session, letter.number, sent.sid, sent.status)


def _refused(room: Room, letter: Letter, code: int) -> None:
    why = REASONS.get(code, "Twilio refused it")
    with room.database.writing() as session:
        outgoing.failed(session, letter.number, letter.held_until, f"{why} ({code}).")
        if code == OPTED_OUT:
            outgoing.opted_out(session, letter.caller_id)


def _later(room: Room, letter: Letter, state: Sending, why: str) -> None:
    wait = min(timedelta(seconds=2 ** min(letter.attempts, 20)), LONGEST_WAIT)
    with room.database.writing() as session:
        outgoing.again(session, letter.number, letter.held_until, state, room.now() + wait, why)
