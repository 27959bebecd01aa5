"""A spool on this host's disk: what came while the database was away, sealed and in order."""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.seal import CannotOpen, Seal
from store.spool_aside import Aside
from store.spool_slips import ENDING, HALF, SET_ASIDE, Slip, names, slip

# More than a day of a busy campaign. A disk that is full for the spool is full for all the rest.
MOST_FILES = 50_000
LEAST_FREE = 200_000_000  # bytes that the spool leaves for the rest of the host


class SpoolFull(Exception):
    """The spool can take no more: it is full, or its disk is full or broken."""


class Spool:
    """A folder of sealed entries, oldest first by name; one entry is one webhook."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        self._folder, self._seal = folder, seal
        self.aside = Aside(folder)

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
        there = names(self._folder)
        self._room(len(there))
        # A clock that was put back must not put a later text before an earlier one.
        at = max(time.time_ns(), int(there[-1][:20]) + 1 if there else 0)
        half = self._folder / f"{at:020d}-{phone}-{key}-{mark}{HALF}"
        _written(half, "xb", self._seal.close(json.dumps(entry)))
        half.rename(half.with_suffix(ENDING))
        self._sync()

    def slips(self, about: Sequence[str]) -> list[Slip]:
        """The slips that name any of these phones or keys, oldest first."""
        return [slip(name) for name in names(self._folder) if any(part in name for part in about)]

    def read(self, name: str) -> dict[str, Any]:
        """One entry, opened. Raises CannotOpen, or OSError when it is gone."""
        found: dict[str, Any] = json.loads(self._seal.open((self._folder / name).read_bytes()))
        return found

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every entry, oldest first. One that no key opens is set aside, for a person."""
        self._mend()
        for name in names(self._folder):
            try:
                yield name, self.read(name)
            except (CannotOpen, ValueError):
                self.aside.put(name)

    def done(self, name: str) -> None:
        """The entry is a row now. If a power cut brings it back, its row is there already."""
        (self._folder / name).unlink(missing_ok=True)

    def files(self) -> list[Path]:
        """Every sealed file here: what waits, and what was set aside."""
        return [
            self._folder / name for end in (ENDING, SET_ASIDE) for name in names(self._folder, end)
        ]

    def replace(self, path: Path, sealed: bytes) -> None:
        """Other bytes in an entry's place, whole or not at all; not for one that is gone."""
        with self.adding():
            if path.exists():
                new = path.with_suffix(".new")
                _written(new, "wb", sealed)
                new.replace(path)

    def waiting(self) -> bool:
        """Whether anything waits here: then nothing may overtake it."""
        return self.depth() > 0

    def depth(self) -> int:
        """How many entries wait."""
        return len(names(self._folder))

    def oldest(self) -> datetime | None:
        """Since when the oldest entry waits."""
        waiting = names(self._folder)
        return datetime.fromtimestamp(slip(waiting[0]).at, UTC) if waiting else None

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

    def _mend(self) -> None:
        # Whoever was killed while writing had answered nobody; what is whole is kept all the same.
        with self.adding():
            for name in names(self._folder, HALF):
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


def _written(path: Path, mode: str, sealed: bytes) -> None:
    with open(path, mode, opener=_for_us_alone) as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
