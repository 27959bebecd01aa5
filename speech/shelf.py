"""The folder of models while one is fetched into it: for one fetch at a time, and with room."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from speech.catalogue import Offer
from speech.downloading import CannotFetch

LEAST_TIMES = 1.3  # a published model, unpacked, is at least so many times its zip file


@contextmanager
def alone(part: Path, offer: Offer) -> Iterator[None]:
    """With `part` for us alone; not left behind when it is empty. Raises CannotFetch.

    Two fetches of one model would write into each other's file.
    """
    with part.open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise CannotFetch(f"another fetch of {offer.name} is at work") from why
        if not os.fstat(held.fileno()).st_nlink:  # it removed what we had just opened
            raise CannotFetch(f"another fetch of {offer.name} was at work until now: fetch again")
        try:
            yield
        finally:
            left = os.fstat(held.fileno())
            if left.st_nlink and not left.st_size:
                part.unlink()


def doubt_room(offer: Offer, part: Path) -> None:
    """Raises CannotFetch where the model surely has no room, before hours of download are lost."""
    have = min(part.stat().st_size, offer.size)
    free, needed = shutil.disk_usage(part.parent).free, _needed(offer) - have
    if free < needed:
        raise CannotFetch(
            f"{part.parent} has {_megabytes(free)} left, and {offer.name} needs at least "
            f"{_megabytes(needed)}: make room{kept(part)}"
        )


def kept(part: Path) -> str:
    """Where what came of a model lies, for the end of a message; empty of nothing."""
    size = part.stat().st_size if part.exists() else 0
    return f"; {part} has {_megabytes(size)} of it: remove that to give up" if size else ""


def _needed(offer: Offer) -> int:
    """Bytes: the zip file, and beside it what is in it."""
    return offer.size + int(LEAST_TIMES * offer.size)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
