"""What the names in a spool say: when each entry came, of which phone, and whether it waits."""

import os
from dataclasses import dataclass
from pathlib import Path

PHONE = 16  # signs of a phone's keyed hash in the name of an entry
ENDING, HALF, SET_ASIDE = ".spool", ".half", ".aside"


@dataclass(frozen=True)
class Slip:
    """What an entry's name says: when, which phone (a keyed hash), which webhook, how answered."""

    at: float
    phone: str
    key: str
    mark: str
    name: str


def slip(name: str) -> Slip:
    """What the name of an entry says of it."""
    at, phone, key, mark = name.removesuffix(ENDING).split("-")
    return Slip(int(at) / 1e9, phone, key, mark, name)


def names(folder: Path, ending: str = ENDING) -> list[str]:
    """Every entry of a kind that lies there, oldest first."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(ending))
    except OSError:  # not made yet, or a disk that fails: then `adding` says so
        return []
