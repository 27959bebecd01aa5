"""Recordings from one place to another while the line runs: copied, then compared, then tidied."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.batches import batches
from store.copies import AUDIO
from store.copy_rows import TwilioCopy
from store.database import Database
from store.engine import unhurried
from store.models import Recording
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
            # What is there may be spoiled, or the source's may: who compares opens both.
            if target.size(key) is None:
                new += carry(source, target, key)
            there, size = there + 1, size + length
            if there % TELL == 0:
                tell(f"recordings: {there:,}, {new:,} of them copied, {size:,} bytes")
    return Moved(there, new, size)


def carry(source: Place, target: Place, key: str) -> bool:
    """One recording, over what the target has under its key. False: the source has none (any more).

    Raises StoreAway where it does not arrive whole.
    """
    sealed = source.get(key)
    if sealed is None:
        return False
    target.put(key, sealed)
    if digest(target.get(key)) != digest(sealed):
        raise StoreAway(f"{key} did not arrive as it was")
    return True


def lacking(database: Database, source: Place, target: Place) -> int:
    """How many recordings that a row names the target lacks, and the source too.

    One that came in while the others were copied is brought; an address of the source that is
    mistyped shows here, as nothing at all was copied.
    """
    return sum(
        len(_still_named(database, lost))
        for batch in batches(database, Recording, "audio_key")
        if (lost := [key for _, key in batch if not _there(source, target, str(key))])
    )


def forget(session: Session, target: Place) -> int:
    """What was erased or replaced after it was copied goes from the target too. How many."""
    unhurried(session.connection())
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


def digest(sealed: bytes | None) -> str | None:
    """What tells two files apart; None for one that is not there."""
    return None if sealed is None else hashlib.sha256(sealed).hexdigest()


def _there(source: Place, target: Place, key: str) -> bool:
    return target.size(key) is not None or carry(source, target, key)


def _still_named(database: Database, keys: Sequence[object]) -> Sequence[str | None]:
    """Those that were not erased since their batch was read."""
    with database.reading() as session:
        named = select(Recording.audio_key).where(Recording.audio_key.in_(keys))
        return session.scalars(named).all()
