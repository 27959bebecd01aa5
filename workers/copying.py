"""Deletes at Twilio, and where our own audio lies, what we no longer want or may hold there."""

from sqlalchemy.orm import Session

from store import copies
from store.copy_rows import TwilioCopy
from store.recordings import StoreAway
from workers.carrier import TwilioAway
from workers.room import Room

# Twilio's copy is the only one that is safe while ours may not be written whole.
NEARLY_FULL = "The disk is nearly full: Twilio keeps its copy."


AT_MOST = 200


def delete(room: Room, number: int) -> bool:
    """One deletion; where it is refused, the reason stays and the sweep comes back to it."""
    with room.database.writing() as session:
        copy = claim(session, room, number)
    return finish(room, copy)


def discard(room: Room) -> None:
    """Our own audio that is not wanted: deleted here and now, without queue or worker.

    While its place is away one try is enough: the rest is due at a later sweep.
    """
    with room.database.writing() as session:
        due = copies.due(session, room.now(), AT_MOST, ours=True)
    for number in due:
        if not delete(room, number):
            return


def claim(session: Session, room: Room, number: int | None) -> TwilioCopy | None:
    """Take a deletion in hand, if it is due; a job that ends a recording does so in one commit."""
    if number is None:
        return None
    if room.nearly_full() and copies.keep_for_now(session, number, room.now(), NEARLY_FULL):
        return None
    return copies.claim(session, number, room.now())


def finish(room: Room, copy: TwilioCopy | None) -> bool:
    """Have deleted what is in hand. False: not this time."""
    if copy is None:
        return True
    try:
        _delete(room, copy)
    except (TwilioAway, StoreAway) as why:
        with room.database.writing() as session:
            reason = f"{why}" if copy.kind != copies.AUDIO else f"The place of audio: {why}"
            copies.still_there(session, copy.id, copy.attempts, room.now(), reason)
        return False
    with room.database.writing() as session:
        copies.gone(session, copy.id, room.now())
    return True


def _delete(room: Room, copy: TwilioCopy) -> None:
    if copy.kind == copies.AUDIO:
        room.recordings.delete(copy.sid)
        return
    room.carrier.delete(copy.kind, copy.sid)
    # What somebody had erased is only said to be gone once Twilio has been asked for it.
    if copy.erasure_id is not None and room.carrier.has(copy.kind, copy.sid):
        raise TwilioAway("Twilio said that it deleted this, and still has it")
