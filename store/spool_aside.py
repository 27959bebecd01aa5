"""What a spool could not bring back: set aside for a person, for its days, and opened by nobody."""

from collections.abc import Iterator
from math import inf
from pathlib import Path

from store.spool_slips import PHONE, SET_ASIDE, Slip, names, slip


class Aside:
    """The entries in a spool's folder that are not tried again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str) -> None:
        """Kept, but not tried again: `count` counts these for a person."""
        path = self._folder / name
        path.rename(path.with_suffix(SET_ASIDE))

    def count(self) -> int:
        """How many entries could not be replayed."""
        return len(names(self._folder, SET_ASIDE))

    def phones(self) -> set[str]:
        """Whose arrivals were set aside: the first PHONE signs of their keyed hashes."""
        return {one.phone for one in self._slips()}

    def drop(self, before: float) -> int:
        """What was set aside and came before then goes, unread; how many."""
        old = [one for one in self._slips() if one.at < before]
        for one in old:
            self._gone(one)
        return len(old)

    def drop_of(self, joined: str, before: float = inf) -> None:
        """What a phone sent by then that was set aside goes, unread: it is to be forgotten."""
        for one in self._slips():
            if one.phone == joined[:PHONE] and one.at < before:
                self._gone(one)

    def _slips(self) -> Iterator[Slip]:
        return map(slip, names(self._folder, SET_ASIDE))

    def _gone(self, one: Slip) -> None:
        (self._folder / one.name).unlink(missing_ok=True)
