"""Deletes at Twilio what we hold ourselves, or no longer may hold."""

from store import copies
from workers.carrier import TwilioAway
from workers.room import Room

# Twilio's copy is the only one that is safe while ours may not be written whole.
NEARLY_FULL = "The disk is nearly full: Twilio keeps its copy."


def delete(room: Room, number: int) -> None:
    """One deletion; where Twilio refuses, the reason stays and the sweep comes back to it."""
    with room.database.writing() as session:
        if room.nearly_full() and copies.keep_for_now(session, number, room.now(), NEARLY_FULL):
            return
        copy = copies.claim(session, number, room.now())
    if copy is None:
        return
    try:
        room.carrier.delete(copy.kind, copy.sid)
    except TwilioAway as why:
        with room.database.writing() as session:
            copies.still_there(session, number, copy.attempts, room.now(), str(why))
        return
    with room.database.writing() as session:
        copies.gone(session, number, room.now())
