"""A spool on this host's disk: what came while the database was away, sealed and in order."""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

from store.seal import CannotOpen, Seal

# More than a day of a busy campaign. A disk that is full for the spool is full for all the rest.
MOST_FILES = 50_000
LEAST_FREE = 200_000_000  # bytes that the spool leaves for the rest of the host
PHONE = 16  # signs of a phone's keyed hash in the name of an entry
ENDING, HALF, SET_ASIDE = ".spool", ".half", ".aside"


class SpoolFull(Exception):
    """The spool can take no more: it is full, or its disk is full or broken."""


@dataclass(frozen=True)
class Slip:
    """What an entry's name says: when, which phone (a keyed hash), which webhook, how answered."""

    at: float
    phone: str
    key: str
    mark: str
    name: str


class Spool:
    """A folder of sealed entries, oldest first by name; one entry is one webhook."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        self._folder, self._seal = folder, seal

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Alone on this host, so that what is answered, and counted, is decided one by one.

        Raises SpoolFull, also for a disk that fails.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self._folder / "adding").open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
        except OSError as why:
            raise SpoolFull(f"{self._folder}: {why.strerror}") from why

    def put(self, entry: dict[str, Any], phone: str, key: str, mark: str) -> None:
        """Onto the disk, name and all, before anybody is answered. Only while `adding`."""
        names = self._names()
        self._room(len(names))
        # A clock that was put back must not put a later text before an earlier one.
        at = max(time.time_ns(), int(names[-1][:20]) + 1 if names else 0)
        half = self._folder / f"{at:020d}-{phone}-{key}-{mark}{HALF}"
        with open(half, "xb", opener=_for_us_alone) as file:
            file.write(self._seal.close(json.dumps(entry)))
            file.flush()
            os.fsync(file.fileno())
        half.rename(half.with_suffix(ENDING))
        self._sync()

    def slips(self, about: Sequence[str]) -> list[Slip]:
        """The slips that name any of these phones or keys, oldest first."""
        return [slip(name) for name in self._names() if any(part in name for part in about)]

    def read(self, name: str) -> dict[str, Any]:
        """One entry, opened. Raises CannotOpen, or OSError when it is gone."""
        found: dict[str, Any] = json.loads(self._seal.open((self._folder / name).read_bytes()))
        return found

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every entry, oldest first. One that no key opens is set aside, for a person."""
        self._mend()
        for name in self._names():
            try:
                yield name, self.read(name)
            except (CannotOpen, ValueError):
                self.set_aside(name)

    def done(self, name: str) -> None:
        """The entry is a row now. If a power cut brings it back, its row is there already."""
        (self._folder / name).unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        """Kept, but not tried again: `aside` counts these for a person."""
        path = self._folder / name
        path.rename(path.with_suffix(SET_ASIDE))

    def files(self) -> list[Path]:
        """Every sealed file here: what waits, and what was set aside."""
        return [self._folder / name for end in (ENDING, SET_ASIDE) for name in self._names(end)]

    def replace(self, path: Path, sealed: bytes) -> None:
        """Other bytes in an entry's place, whole or not at all; not for one that is gone."""
        with self.adding():
            if path.exists():
                new = path.with_suffix(".new")
                with open(new, "wb", opener=_for_us_alone) as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                new.replace(path)

    def drop_aside(self, before: float) -> int:
        """What was set aside and came before then goes, unread; how many."""
        old = [n for n in self._names(SET_ASIDE) if int(n[:20]) / 1e9 < before]
        for name in old:
            (self._folder / name).unlink(missing_ok=True)
        return len(old)

    def phones_aside(self) -> set[str]:
        """Whose arrivals were set aside: the first PHONE signs of their keyed hashes."""
        return {slip(name).phone for name in self._names(SET_ASIDE)}

    def drop_aside_of(self, joined: str, before: float = inf) -> None:
        """What a phone sent by then that was set aside goes, unread: it is to be forgotten."""
        for name in self._names(SET_ASIDE):
            one = slip(name)
            if one.phone == joined[:PHONE] and one.at < before:
                (self._folder / name).unlink(missing_ok=True)

    def waiting(self) -> bool:
        """Whether anything waits here: then nothing may overtake it."""
        return self.depth() > 0

    def depth(self) -> int:
        """How many entries wait."""
        return len(self._names())

    def oldest(self) -> datetime | None:
        """Since when the oldest entry waits."""
        first = min((path.name for path in self._folder.glob(f"*{ENDING}")), default=None)
        return datetime.fromtimestamp(int(first[:20]) / 1e9, UTC) if first else None

    def aside(self) -> int:
        """How many entries could not be replayed."""
        return len(self._names(SET_ASIDE))

    def takes(self) -> bool:
        """Whether an entry could be written now, tried on the disk itself."""
        try:
            with self.adding():
                self._room(self.depth())
                (self._folder / "tried").write_bytes(b"?")
        except SpoolFull:
            return False
        return True

    @contextmanager
    def mine(self) -> Iterator[bool]:
        """Whether this process may replay now: one of a host's web processes does, in order."""
        with (self._folder / "replaying").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def _names(self, ending: str = ENDING) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self._folder) if name.endswith(ending))
        except OSError:  # not made yet, or a disk that fails: then `adding` says so
            return []

    def _mend(self) -> None:
        # Whoever was killed while writing had answered nobody; what is whole is kept all the same.
        with self.adding():
            for name in self._names(HALF):
                path = self._folder / name
                try:
                    self.read(name)
                    path.rename(path.with_suffix(ENDING))
                except (CannotOpen, ValueError):
                    path.unlink()

    def _room(self, depth: int) -> None:
        free = os.statvfs(self._folder)
        if free.f_bavail * free.f_frsize < LEAST_FREE or depth >= MOST_FILES:
            raise SpoolFull(f"{self._folder}: no room")

    def _sync(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def slip(name: str) -> Slip:
    """What the name of an entry says of it."""
    at, phone, key, mark = name.removesuffix(ENDING).split("-")
    return Slip(int(at) / 1e9, phone, key, mark, name)
