"""The first half of a recording's way: from Twilio into our keeping."""

import hashlib
from datetime import timedelta

from store.models import Recording
from store.recordings import StoreAway
from workers import outcome
from workers.carrier import NotThereYet, TwilioAway
from workers.room import Room

# Twilio may take minutes to have a file, and may be away for hours: about a day of trying.
MOST_TRIES = 100
LONGEST_WAIT = timedelta(minutes=15)
SPACE = timedelta(minutes=1)
NEARLY_FULL = "The disk is nearly full: it waits at Twilio."


def fetch(room: Room, take: Recording) -> Recording | None:
    """Twilio's file, stored sealed. None where it could not be had, or kept, this time."""
    if room.nearly_full():
        with room.database.writing() as session:
            # Uncounted: nothing is wrong with it, and Twilio keeps it until there is space again.
            outcome.waits(session, take.id, NEARLY_FULL, room.now() + SPACE, attempts=0)
        return None
    try:
        sound = room.carrier.audio(take.sid)
        digest = hashlib.sha256(sound).hexdigest()
        key = f"{take.received_at:%Y/%m}/{take.sid}-{digest[:16]}"
        room.recordings.put(key, sound)
    except NotThereYet:
        _later(room, take, "Twilio does not have it yet.")
    except TwilioAway as why:
        _later(room, take, f"{why}.")
    except (StoreAway, FileNotFoundError) as why:
        _later(room, take, f"There is no place to keep it ({why}).")
    else:
        with room.database.writing() as session:
            return outcome.stored(session, room, take.id, key, digest)
    return None


def _later(room: Room, take: Recording, why: str) -> None:
    """Try again, ever less often; after about a day it is a person's business."""
    with room.database.writing() as session:
        if take.attempts >= MOST_TRIES:
            outcome.failed(session, take.id, f"After {take.attempts} tries: {why}")
            return
        wait = min(timedelta(seconds=2 ** min(take.attempts, 20)), LONGEST_WAIT)
        outcome.waits(session, take.id, why, room.now() + wait)
