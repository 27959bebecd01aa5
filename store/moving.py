"""Recordings from one place to another while the line runs: copied, then compared, then tidied."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.copies import AUDIO
from store.models import Recording, TwilioCopy
from store.place import Place, StoreAway

BATCH, TELL = 500, 1000
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Moved:
    """How many recordings there are, how many of them are new at the target, and their bytes."""

    there: int
    new: int
    size: int


def copy(source: Place, target: Place, tell: Tell) -> Moved:
    """Everything that the target does not have. Broken off, it goes on where it was."""
    there = new = size = 0
    for batch in source.listed(BATCH):
        for key, length in batch.items():
            new += _copied(source, target, key, length)
            there, size = there + 1, size + length
            if there % TELL == 0:
                tell(f"recordings: {there:,}, {new:,} of them copied, {size:,} bytes")
    return Moved(there, new, size)


def compare(source: Place, target: Place, tell: Tell) -> Iterator[str]:
    """The keys under which the two places have something else, by checksum."""
    looked = 0
    for batch in source.listed(BATCH):
        for key in batch:
            here = source.get(key)
            if here is not None and _digest(here) != _digest(target.get(key)):
                yield key
            looked += 1
            if looked % TELL == 0:
                tell(f"compared: {looked:,}")


def forget(session: Session, target: Place) -> int:
    """What was erased or replaced after it was copied goes from the target too. How many."""
    named = select(Recording.audio_key).where(Recording.audio_key == TwilioCopy.sid).exists()
    unwanted = session.scalars(
        select(TwilioCopy.sid)
        .where(TwilioCopy.kind == AUDIO, ~named)
        .order_by(TwilioCopy.id)
        .execution_options(yield_per=BATCH)
    )
    gone = 0
    for key in unwanted:
        if target.size(key) is not None:
            target.delete(key)
            gone += 1
    return gone


def _copied(source: Place, target: Place, key: str, length: int) -> bool:
    if target.size(key) == length:
        return False
    sealed = source.get(key)
    if sealed is None:
        return False  # erased since it was listed
    target.put(key, sealed)
    if _digest(target.get(key)) != _digest(sealed):
        raise StoreAway(f"{key} did not arrive as it was")
    return True


def _digest(sealed: bytes | None) -> str | None:
    return None if sealed is None else hashlib.sha256(sealed).hexdigest()
