"""Where Twilio turns when one of our answers failed: as the main address, and never an error.

`sms.py` and `voice.py` hang these up on their signed blueprints: unsigned is refused here too.
"""

import re

from flask import Response, request
from werkzeug.exceptions import InternalServerError

from dialogue import away
from dialogue.intake import Arrival
from handlers.arriving import arrived, spooled, taken, twiml, urgent
from handlers.house import house
from store.spool import SpoolFull


def text_again() -> Response:
    """The same text: if it is a row already, its stored answer; else as if it came now."""
    return twiml(taken(_text()) or house().door.text(None))


def call_again() -> Response:
    """The step that failed, if the call still waits for it; else the tone, in the same call."""
    return twiml(taken(_call()) or _tone())


def text_after_all(why: InternalServerError) -> Response | InternalServerError:
    """An error of our own, logged with its trace: kept for a person, and no second error.

    At the main address it stays the error that it is: Twilio then comes here.
    """
    if request.path != "/sms/fallback":
        return why
    try:
        return twiml(spooled(_text()))
    except SpoolFull:
        return twiml(house().door.text(None))


def call_after_all(why: InternalServerError) -> Response | InternalServerError:
    """An error of our own, logged with its trace: the caller still gets the tone."""
    if request.path != "/voice/fallback":
        return why
    try:
        return twiml(spooled(_call()))
    except SpoolFull:
        return twiml(_tone())


def failed_turn(url: str) -> str:
    """The fallback's own turn, by the address that failed: `f3` for `/voice/3`."""
    found = re.search(r"/voice(?:/([0-9]{1,3}))?(?:[?#]|$)", url)
    return f"f{found[1] or 0}" if found else "f"


def _text() -> Arrival:
    return arrived("text", "MessageSid", "", urgent())


def _call() -> Arrival:
    return arrived("call", "CallSid", failed_turn(request.form.get("ErrorUrl", "")))


def _tone() -> str:
    """Kept nowhere of ours; but Twilio keeps the recording, and catch-up finds it there."""
    door, turn = house().door, _call().turn
    number = door.script.line.number(request.form.get("To", ""))
    _, said = away.call(door.script, number, away.Spoke(turn))
    return door.turn(said) if said else door.text(None)
