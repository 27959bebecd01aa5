"""Brings back what waited in the spool: in order, once, by the same door, as one of the host."""

import logging
import time
from concurrent.futures import Future
from datetime import timedelta
from math import inf
from threading import Event, Lock, Thread
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from dialogue.intake import Answer, Arrival
from handlers import spool_word
from handlers.spooling import arrival_of
from handlers.taking import NOT_THERE, Away, Rows
from store.spool import Spool, SpoolFull
from store.spool_slips import slip

EVERY = 1.0  # seconds between two looks; a healthy database empties the spool in one
PATIENCE = 30.0  # seconds for one row: nobody is waiting for this answer
TRIES = 3
MINUTE = 60.0
HOUR = 3600.0  # seconds between two looks for what was set aside

log = logging.getLogger(__name__)


class Replay:
    """A thread of this process, begun after the fork; a host's processes take turns by a lock."""

    def __init__(self, rows: Rows, spool: Spool, keep_aside: timedelta) -> None:
        self._rows, self._spool, self._keep_aside = rows, spool, keep_aside
        self._stop, self._beginning = Event(), Lock()
        self._thread: Thread | None = None
        self._tries: dict[str, int] = {}
        self._tidied = self._told = -inf

    def begin(self) -> None:
        """From now on, look again and again. To begin twice is no harm."""
        with self._beginning:
            if self._thread is None:
                self._thread = Thread(target=self._look, name="replay", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """After the row in hand. What still waits is brought back by whoever starts next."""
        self._stop.set()
        if self._thread:
            self._thread.join(PATIENCE)

    def _look(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                self.tidy()
                if self._spool.waiting():
                    self.round()
                self.tell()
            except (OSError, SpoolFull) as why:  # the disk fails: what lies on it may come back
                log.error("the spool cannot be read: %s", why)

    def tidy(self) -> None:
        """What was set aside goes when its days are over, on this host too, where nothing waits."""
        if time.monotonic() - self._tidied >= HOUR:
            self._tidied = time.monotonic()
            self._spool.aside.drop(time.time() - self._keep_aside.total_seconds())

    def tell(self) -> None:
        """Each minute the rows hear what lies here, if the database is there."""
        if time.monotonic() - self._told < MINUTE:
            return
        self._told = time.monotonic()
        try:
            self._rows.do(lambda session: spool_word.say(session, self._spool))
        except (Away, SQLAlchemyError) as why:
            log.warning("nobody could be told what lies in the spool: %s", type(why).__name__)

    def round(self) -> None:
        """Everything that waits, until nothing does, or until something will not go."""
        with self._spool.mine() as mine:
            while mine and self._went_all():
                log.info("what waited in the spool has become rows")

    def _went_all(self) -> bool:
        """What waits now, in order. Whether there was any, and more may have come meanwhile.

        Where somebody else holds a phone's rows, that phone waits, in its order; the others go on.
        """
        some, held = False, set[str]()
        for name, entry in self._spool.entries():
            phone = slip(name).phone
            if phone in held:
                continue
            if self._stop.is_set():
                return False
            if self._went(name, entry):
                some = True
            elif self._rows.there():
                held.add(phone)
            else:
                return False
        return some and not held

    def _went(self, name: str, entry: dict[str, Any]) -> bool:
        """Whether this phone's next may follow: this one is a row now, or is set aside."""
        arrival = _arrival(entry)
        if arrival is None:
            self._spool.aside.put(name)
            return True
        work = self._rows.begin(arrival)
        why = _failure(work)
        if why is None:
            self._rows.ring(work.result())
            self._spool.done(name)
            return True
        if isinstance(why, (*NOT_THERE, TimeoutError)):
            return False
        self._tries[name] = self._tries.get(name, 0) + 1
        log.error("an entry of the spool failed, try %d: %r", self._tries[name], why)
        if self._tries[name] < TRIES:
            return False
        self._spool.aside.put(name)
        return True


def _arrival(entry: dict[str, Any]) -> Arrival | None:
    """What came; None where another version of the program wrote it in a shape of its own."""
    try:
        return arrival_of(entry)
    except (TypeError, KeyError, ValueError) as why:
        log.error(
            "an entry of the spool has another shape and is set aside: %s", type(why).__name__
        )
        return None


def _failure(work: "Future[Answer]") -> BaseException | None:
    try:
        return work.exception(PATIENCE)
    except TimeoutError as why:
        return why
