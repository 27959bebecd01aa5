"""The clock: sweeps every ten seconds. Any number may run; one acts at a time."""

import logging
import os
import signal
import socket
import threading
from datetime import timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import SQLAlchemyError

import config
from store.database import insert_once
from store.queue import Bell
from store.staff import Turn
from workers.room import Room, furnish
from workers.sweep import sweep

EVERY = 10.0
# A clock that dies is replaced after this: with the lease of a job, within 90 s all in all.
LEASE = timedelta(seconds=25)

log = logging.getLogger(__name__)


def run(settings: config.Settings) -> None:
    """Sweep until SIGTERM or SIGINT."""
    room, bell, stop = furnish(settings, with_models=False), Bell(settings.redis_url), _stopper()
    me = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        try:
            if my_turn(room, me):
                sweep(room, bell)
        except SQLAlchemyError as why:
            # The database is away: the next sweep finds everything as the rows have it.
            log.error("no sweep this time: %s", type(why).__name__)
        stop.wait(EVERY)


def my_turn(room: Room, me: str) -> bool:
    """Whether this clock acts now: it did last time, or nobody has for a while."""
    now = room.now()
    with room.database.writing() as session:
        insert_once(session, Turn, name="clock", holder=me, until=now)
        won = session.execute(
            update(Turn)
            .where(
                Turn.name == "clock",
                or_(Turn.holder == me, Turn.until <= now),
            )
            .values(holder=me, until=now + LEASE)
            .returning(Turn.name)
        ).scalar()
    return won is not None


def _stopper() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
