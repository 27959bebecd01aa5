"""How long somebody waits after wrong tries to sign in. Pure.

Waits grow and end: a stranger who knows a colleague's name can slow them down, and never lock them
out. Tries from a browser in which they were signed in before are counted apart (see `entrance`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=24)
LONGEST = timedelta(minutes=15)
FIRST = timedelta(minutes=1)
OF_ACCOUNT = 5  # wrong tries that are free
OF_ADDRESS = 20  # an office shares one


@dataclass(frozen=True)
class Tried:
    """How many tries count, and when the last was."""

    count: int
    last: datetime | None


def waits(tried: Tried, free: int, now: datetime) -> timedelta:
    """How long until the next try: a minute after the free ones, twice as long after each more."""
    if tried.last is None or tried.count < free:
        return timedelta()
    doubled: int = 2 ** min(tried.count - free, 10)
    wait = min(FIRST * doubled, LONGEST)
    return max(tried.last + wait - now, timedelta())
