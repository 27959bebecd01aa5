"""Stands beside the clock and looks every minute. Tells by itself while the database is away."""

import logging
import threading
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from store import logs
from store.queue import Bell
from store.upkeep import Incident
from workers import watch
from workers.alarms import Alarms, NotTold
from workers.room import Room

EVERY = 60.0
AWAY = 3  # looks: a database that restarts is no incident

log = logging.getLogger(__name__)


class Guard:
    """Looks, opens and closes incidents, tells. An incident of the database is kept in mind."""

    def __init__(
        self,
        room: Room,
        bell: Bell,
        alarms: Alarms,
        every: float = EVERY,
    ) -> None:
        self._room, self._bell, self._alarms = room, bell, alarms
        self._every, self._missed, self._told = every, 0, False
        self._since: datetime | None = None

    def stand(self, stop: threading.Event, mine: threading.Event) -> None:
        """Look until told to stop; only while it is this clock's turn (`mine`)."""
        while not stop.wait(self._every):
            if not mine.is_set():
                continue
            try:
                self.look()
            except Exception:  # of any kind: who would notice that nobody keeps watch any more?
                log.exception("no watch this time")

    def look(self) -> None:
        """One look."""
        room = self._room
        try:
            facts = watch.look(room, self._bell)
            watch.watch_once(room, facts, self._alarms)
        except SQLAlchemyError as why:
            log.error("no watch this time: %s", logs.fault(why))
            self._away()
            return
        self._back()

    def _away(self) -> None:
        self._since = self._since or self._room.now()
        self._missed += 1
        if self._missed >= AWAY and not self._told:
            self._told = self._tell(None)

    def _back(self) -> None:
        if not self._told or self._tell(self._room.now()):
            self._missed, self._since, self._told = 0, None, False

    def _tell(self, over: datetime | None) -> bool:
        """Tell of the database itself; False to try again at the next look."""
        words = "The database does not answer: see docs/operating.md. What comes is spooled."
        incident = Incident(
            kind="database", words=words, opened_at=self._since, closed_at=over, attempts=0
        )
        try:
            self._alarms.tell(self._room.script.line.name, incident)
        except NotTold as why:
            log.error("nobody could be told of the database: %s", why)
            return False
        return True
