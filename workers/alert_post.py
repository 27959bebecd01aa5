"""Takes alerts on and sends them from beside the clock, in threads of its own.

They wait for no queue, no worker, and no sweep that Twilio holds up.

The workers send the same texts when they are rung for; each row is claimed by one of them only.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from store import alert_messages, logs
from workers import alert_mail, alert_round, sending
from workers.room import Room

EVERY = 5.0
AT_MOST = 20

log = logging.getLogger(__name__)


class Post:
    """Two postmen and whoever finds out whom to tell: a mail server that hangs holds up no text."""

    def __init__(self, room: Room, every: float = EVERY) -> None:
        self._room, self._every = room, every

    def start(self, stop: threading.Event, mine: threading.Event) -> None:
        """Go round until told to stop; only while it is this clock's turn (`mine`)."""
        for work in (self.steps, self.texts, self.mails):
            threading.Thread(target=self._round, args=(work, stop, mine), daemon=True).start()

    def steps(self) -> None:
        """Take every alert a step on. The sweep does too; each step is taken by one of them."""
        alert_round.advance(self._room)

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
        self, work: Callable[[], None], stop: threading.Event, mine: threading.Event
    ) -> None:
        while not stop.wait(self._every):
            if not mine.is_set():
                continue
            try:
                work()
            except SQLAlchemyError as why:
                log.error("no alerts are sent this time: %s", logs.fault(why))
            except Exception:  # of any kind: a thread that ends would be missed by nobody
                log.exception("a round of the alerts broke off")
