"""Sends alerts from beside the clock, in threads of its own: they wait for no queue and no worker.

The workers send the same texts when they are rung for; each row is claimed by one of them only.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from store import alert_messages, logs
from workers import alert_mail, sending
from workers.room import Room

EVERY = 5.0
AT_MOST = 20

log = logging.getLogger(__name__)


class Post:
    """Two postmen: a mail server that hangs must not hold up a text."""

    def __init__(self, room: Room, every: float = EVERY) -> None:
        self._room, self._every = room, every

    def start(self, stop: threading.Event, mine: threading.Event) -> None:
        """Go round until told to stop; only while it is this clock's turn (`mine`)."""
        for post in (self.texts, self.mails):
            threading.Thread(target=self._round, args=(post, stop, mine), daemon=True).start()

    def texts(self) -> None:
        """Send every text of an alert that waits."""
        with self._room.database.reading() as session:
            waiting = alert_messages.untold_texts(session, self._room.now(), AT_MOST)
        self._each(sending.send, waiting)

    def mails(self) -> None:
        """Send every mail of an alert that is due."""
        with self._room.database.reading() as session:
            waiting = alert_messages.due_mails(session, self._room.now(), AT_MOST)
        self._each(alert_mail.send, waiting)

    def _each(self, send: Callable[[Room, int], None], waiting: Sequence[int]) -> None:
        for number in waiting:
            try:
                send(self._room, number)
            except SQLAlchemyError:
                raise
            except Exception:  # of any kind: the next one is sent all the same
                log.exception("an alert could not be sent")

    def _round(
        self, post: Callable[[], None], stop: threading.Event, mine: threading.Event
    ) -> None:
        while not stop.wait(self._every):
            if not mine.is_set():
                continue
            try:
                post()
            except SQLAlchemyError as why:
                log.error("no alerts are sent this time: %s", logs.fault(why))
