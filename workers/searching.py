"""Makes new words searchable, and drives erased ones out of the index: by the clock, in bits.

Each bit is a short transaction of its own, so that no caller waits for it.
"""

import time
from datetime import timedelta

from store import holding, rounds, scrub, search
from workers.room import Room

AT_ONCE = 200
SECONDS = 2.0  # of one turn of the clock; what is left over is due at the next
# PostgreSQL's small tables are written anew for it, so not at each of many erasures.
APART = timedelta(minutes=10)


def make_searchable(room: Room) -> None:
    """Index what changed and drive out what was erased, for SECONDS at most."""
    until, busy = time.monotonic() + SECONDS, True
    while busy and time.monotonic() < until:
        with room.database.writing() as session:
            busy = search.index(session, AT_ONCE) > 0
    drive_out(room, until, _soon(room))
    with room.database.writing() as session:
        holding.forget(session, room.now())


def drive_out(room: Room, until: float, scrubs: bool = True) -> bool:
    """Pack the index and empty the files of what was erased; False while something is left.

    The marks of it stay until all of it is done, so that a clock which dies goes on with it.
    """
    busy = True
    while busy and time.monotonic() < until:
        with room.database.writing() as session:
            marks = search.erased(session)
            busy = search.pack(session)
    if busy or not marks:
        return not busy
    if not scrubs or not scrub.scrub(room.database):
        return False
    with room.database.writing() as session:
        search.packed(session, marks)
        rounds.ran(session, rounds.SCRUB, room.now())
    return True


def _soon(room: Room) -> bool:
    if room.database.engine.dialect.name == "sqlite":
        return True
    with room.database.reading() as session:
        last = rounds.last(session).get(rounds.SCRUB)
    return last is None or room.now() - last >= APART
