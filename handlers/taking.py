"""Takes an arrival into the database, but waits for it no longer than a caller can."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from sqlalchemy import exc, text
from sqlalchemy.orm import Session

from dialogue import alert_intake, call_intake, callback_intake, reply_intake
from dialogue.intake import Answer, Arrival, Step, receive
from handlers.house import House
from store.queue import HEAR

T = TypeVar("T")

# Twilio gives up at 15 s, and asks for another turn by then; a caller hears silence meanwhile.
LONGEST = 5.5

# The database is not there, full, locked or read-only. What our own code does wrong (a wrong
# statement, a value that fits no column) is not among these: it is an error, and is seen as one.
NOT_THERE = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)


class Away(Exception):
    """The database takes no row now."""


STEPS: Mapping[str, Step] = {
    "text": alert_intake.take,
    "call": call_intake.take,
    "recording": callback_intake.recording,
    "ended": callback_intake.ended,
    "delivery": reply_intake.fared,
}


class Rows:
    """The database of one house, asked by threads of its own: one that hangs holds up nobody."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._pool = ThreadPoolExecutor(16, "rows")
        self._probe: Future[None] | None = None

    def take(self, arrival: Arrival) -> Answer:
        """Commit, then ring, then answer. Raises Away.

        A commit that comes after all is no harm: the replay then finds the row and changes nothing.
        """
        answer = within(LONGEST, self.begin(arrival))
        self.ring(answer)
        return answer

    def begin(self, arrival: Arrival) -> "Future[Answer]":
        """The arrival on its way into the database."""
        # With the context of this thread, so that the log still says whose webhook it is.
        return self._pool.submit(copy_context().run, self._row, arrival)

    def ring(self, answer: Answer) -> None:
        """After the commit: somebody has a recording to hear."""
        if answer.ring:
            self._house.bell.ring(HEAR, answer.ring, answer.seconds)

    def do(self, work: Callable[[Session], None]) -> None:
        """Something beside what arrives, in a transaction of its own. Raises Away."""
        within(LONGEST, self._pool.submit(self._done, work))

    def there(self) -> bool:
        """Whether a row could be taken now. One that hangs is not asked again until it lets go."""
        if self._probe is None or self._probe.done():
            self._probe = self._pool.submit(self._try)
        try:
            within(LONGEST, self._probe)
        except Away:
            return False
        return True

    def _row(self, arrival: Arrival) -> Answer:
        with self._house.database.writing() as session:
            return receive(session, self._house.door, arrival, STEPS[arrival.kind])

    def _done(self, work: Callable[[Session], None]) -> None:
        with self._house.database.writing() as session:
            work(session)

    def _try(self) -> None:
        with self._house.database.writing() as session:
            session.execute(text("SELECT 1 FROM ledger LIMIT 1"))


def within(seconds: float, work: "Future[T]") -> T:
    """What came of it, in time. Raises Away."""
    try:
        return work.result(seconds)
    except TimeoutError:
        work.cancel()
        raise Away(f"no answer within {seconds} s") from None
    except NOT_THERE as why:
        raise Away(type(why).__name__) from why
