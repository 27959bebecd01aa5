"""The first half of a recording's way: from Twilio into our keeping."""

import hashlib
from datetime import timedelta

from store.models import Recording
from store.recordings import StoreAway
from workers import outcome
from workers.carrier import NotThereYet, NoVoicemail, TwilioAway
from workers.room import Room

# Twilio may take minutes to have a file, and may be away for hours: about a day of trying.
MOST_TRIES = 100
FEW_TRIES = 4  # of what is no sound: an error page on the way goes in half a minute, or stays
LONGEST_WAIT = timedelta(minutes=15)
SPACE = timedelta(minutes=1)
NEARLY_FULL = "The disk is nearly full: it waits at Twilio."


def fetch(room: Room, take: Recording) -> Recording | None:
    """Twilio's file, stored sealed. None where it could not be had, or kept, this time."""
    if room.nearly_full():
        with room.database.writing() as session:
            # Uncounted: nothing is wrong with it, and Twilio keeps it until there is space again.
            outcome.waits(session, take, NEARLY_FULL, room.now() + SPACE, attempts=0)
        return None
    try:
        sound = room.carrier.audio(take.sid)
        digest = hashlib.sha256(sound).hexdigest()
        key = f"{take.received_at:%Y/%m}/{take.sid}-{digest[:16]}"
        room.recordings.put(key, sound)
    except NotThereYet:
        _later(room, take, "Twilio does not have it yet.")
    except NoVoicemail as why:
        _later(room, take, f"{why}.", FEW_TRIES)
    except TwilioAway as why:
        _later(room, take, f"{why}.")
    except (StoreAway, FileNotFoundError) as why:
        _later(room, take, f"There is no place to keep it ({why}).")
    else:
        with room.database.writing() as session:
            return outcome.stored(session, room, take.id, key, digest)
    return None


def _later(room: Room, take: Recording, why: str, most: int = MOST_TRIES) -> None:
    """Try again, ever less often; after so many times it is a person's business."""
    tries = take.attempts if most == MOST_TRIES else outcome.tries(take, why)
    with room.database.writing() as session:
        if tries >= most:
            outcome.failed(session, room, take, f"After {tries} tries: {why}")
            return
        wait = min(timedelta(seconds=2 ** min(tries, 20)), LONGEST_WAIT)
        outcome.waits(session, take, why, room.now() + wait, tries)
