"""What Twilio keeps of an account, for as long as this program runs."""

from datetime import UTC, datetime
from threading import Lock
from typing import Generic, Protocol, TypeVar
from uuid import uuid4


class Kept(Protocol):
    """Whatever has an id of Twilio's."""

    sid: str


Thing = TypeVar("Thing", bound=Kept)


class Shelf(Generic[Thing]):
    """Calls, texts or recordings by id, in the order in which they came.

    The line's workers ask for them while calls go on, hence the lock.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._things: dict[str, Thing] = {}

    def put(self, thing: Thing) -> None:
        """Keep it; the same id again takes the place of the first."""
        with self._lock:
            self._things[thing.sid] = thing

    def get(self, sid: str) -> Thing | None:
        """Return the thing with that id, or None."""
        with self._lock:
            return self._things.get(sid)

    def remove(self, sid: str) -> bool:
        """Forget it; False when there was none."""
        with self._lock:
            return self._things.pop(sid, None) is not None

    def oldest_first(self) -> list[Thing]:
        """Return all of them, in the order in which they came."""
        with self._lock:
            return list(self._things.values())


def new_sid(prefix: str) -> str:
    """Return an id in Twilio's form: two letters for the kind and 32 hexadecimal digits."""
    return prefix + uuid4().hex


def now() -> datetime:
    """Return the time, to the second, as Twilio states it."""
    return datetime.now(UTC).replace(microsecond=0)
