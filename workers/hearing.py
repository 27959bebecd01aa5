"""From a recording at Twilio to words on the desk, one kept state after the other."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from store import logs, recordings_due
from store.models import Heard, Recording
from workers import fetching, outcome, transcribing
from workers.room import Room

# A recording that stops the program three times is handed to a person.
MOST_STOPS = 3
STOPPED = "The program stopped on it"
MOST_TRIES = {Heard.EXPECTED: fetching.MOST_TRIES, Heard.STORED: MOST_STOPS}


log = logging.getLogger(__name__)


def hear(room: Room, number: int) -> None:
    """Whatever is left to do for one recording, if nobody else is at it.

    While the database is away nothing can be kept: the lease runs out, and the sweep comes back.
    """
    with room.database.writing() as session:
        take = recordings_due.claim(session, number, room.now(), room.lease)
    if take is None:
        return
    logs.follow(take.call_sid)
    if take.attempts > MOST_TRIES[take.state]:
        _gives_up(room, take)
        return
    kept: Recording | None = take
    if take.state is Heard.EXPECTED:
        with _stops_kept(room, take):
            kept = fetching.fetch(room, take)
    if kept is not None:
        log.info("a recording is kept")
        with _stops_kept(room, kept):
            transcribing.transcribe(room, kept)
        log.info("a recording is heard")


@contextmanager
def _stops_kept(room: Room, take: Recording) -> Iterator[None]:
    """What nobody foresaw goes on to RQ, which logs it; the row keeps what staff may know of it."""
    try:
        yield
    except OperationalError:
        _uncounted(room, take)
        raise
    except SQLAlchemyError:
        raise
    except Exception as why:
        _stopped(room, take, type(why).__name__)
        raise


def _uncounted(room: Room, take: Recording) -> None:
    """A database that is full or away says nothing of a recording, if it takes so much as that."""
    with suppress(SQLAlchemyError), room.database.writing() as session:
        recordings_due.uncount(session, take)


def _stopped(room: Room, take: Recording, why: str) -> None:
    """The program raised what nobody foresaw; kept for staff, and after three times ended."""
    tries, said = outcome.tries(take, STOPPED), f"{STOPPED} ({why})"
    with room.database.writing() as session:
        if tries >= MOST_STOPS:
            outcome.failed(session, room, take, f"{said}: please listen.")
            return
        again = room.now() + room.lease
        outcome.waits(session, take, f"{said} and will try again.", again, tries)


def _gives_up(room: Room, take: Recording) -> None:
    # Only what ends the whole process gets here: everything else leaves its reason by itself.
    tries = MOST_TRIES[take.state]
    with room.database.writing() as session:
        outcome.failed(
            session, room, take, f"The recogniser stopped {tries} times on it: please listen."
        )
