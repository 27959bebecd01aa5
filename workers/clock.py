"""The clock: sweeps every ten seconds, rings for errands, keeps watch. Any number may run; one
acts at a time.
"""

import logging
import os
import signal
import socket
import threading
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from store import logs, rounds, turns
from store.queue import Bell
from workers import retaining
from workers.alert_post import Post
from workers.errands import Errands
from workers.guard import Guard
from workers.room import Room
from workers.searching import make_searchable
from workers.sweep import sweep

EVERY = 10.0
TURN = "clock"
# A clock that dies is replaced after this: with the lease of a job, within 90 s all in all.
LEASE = timedelta(seconds=25)

log = logging.getLogger(__name__)


def run(
    room: Room,
    bell: Bell,
    every: float = EVERY,
    guard: Guard | None = None,
    post: Post | None = None,
) -> None:
    """Sweep until SIGTERM or SIGINT, then leave the turn to whoever else is there."""
    stop, me = _stopper(), f"{socket.gethostname()}:{os.getpid()}"
    errands, mine = Errands(), threading.Event()
    if guard:
        # A thread: a mail server that hangs must not hold up the sweep.
        threading.Thread(target=guard.stand, args=(stop, mine), daemon=True).start()
    if post:
        post.start(stop, mine)
    while not stop.is_set():
        _tick(room, bell, me, errands, mine)
        stop.wait(every)
    try:
        leave(room, me)
    except SQLAlchemyError as why:
        log.error("the turn is left to run out: %s", logs.fault(why))


def my_turn(room: Room, me: str) -> bool:
    """Whether this clock acts now: it did last time, or nobody has for a while."""
    with room.database.writing() as session:
        return turns.take(session, TURN, me, room.now(), LEASE)


def leave(room: Room, me: str) -> None:
    """Another clock may act at once."""
    with room.database.writing() as session:
        turns.leave(session, TURN, me, room.now())


def _tick(room: Room, bell: Bell, me: str, errands: Errands, mine: threading.Event) -> None:
    try:
        if not my_turn(room, me):
            mine.clear()
            return
        mine.set()
        swept = sweep(room, bell)
        with room.database.writing() as session:
            rounds.ran(session, rounds.SWEEP, room.now(), asdict(swept))
        errands.ring(room, bell)
        retaining.daily(room)
        make_searchable(room)
    except SQLAlchemyError as why:
        # The database is away: the next sweep finds everything as the rows have it.
        log.error("no sweep this time: %s", logs.fault(why))
    except Exception:  # of any kind: with this process the post of the alerts would end as well
        log.exception("a sweep broke off")


def _stopper() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
