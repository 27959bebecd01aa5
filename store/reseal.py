"""Seals anew, with the newest key, what an older one still opens, while everything runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from store.arrival_rows import Caller, Ledger
from store.batches import batches
from store.columns import Base
from store.database import Database
from store.models import Recording
from store.recordings import Recordings
from store.seal import CannotOpen, Seal
from store.spool import Spool
from store.staff import Staff

# Every sealed column there is: a test holds that no other column keeps bytes.
SEALED: Sequence[tuple[type[Base], str]] = (
    (Caller, "number"),
    (Ledger, "fields"),
    (Staff, "factor"),
)
Tell = Callable[[str, int], None]  # what is looked at, and how many more of it were


@dataclass
class Count:
    """`old`: sealed with an older key, and `new` by now; `lost`: no key of ours opens it."""

    old: int = 0
    new: int = 0
    lost: int = 0


def rows(database: Database, seal: Seal, tell: Tell, change: bool = True) -> Count:
    """Every sealed column. What somebody writes meanwhile is theirs: it is not written over."""
    count = Count()
    for model, column in SEALED:
        for batch in batches(database, model, column):
            _rows(database, seal, model, column, batch, count, change)
            tell(f"{model.__tablename__}.{column}", len(batch))
    return count


def sounds(
    database: Database, audio: Recordings, seal: Seal, tell: Tell, change: bool = True
) -> Count:
    """Every recording's file; one that is erased meanwhile does not come back."""
    count = Count()
    for batch in batches(database, Recording, "audio_key"):
        done = [key for _, key in batch if _sound(audio, seal, key, count, change)]
        if done:
            _only_wanted(database, audio, done)
        tell("recordings", len(batch))
    return count


def spooled(spool: Spool, seal: Seal, change: bool = True) -> Count:
    """What waits on this host's disk, or was set aside there."""
    count = Count()
    for path in spool.files():
        try:
            sealed = path.read_bytes()
            if seal.is_newest(sealed):
                continue
            count.old += 1
            if change:
                spool.replace(path, seal.anew(sealed))
                count.new += 1
        except FileNotFoundError:
            continue  # it became a row meanwhile
        except CannotOpen:
            count.lost += 1
    return count


def _rows(
    database: Database,
    seal: Seal,
    model: Any,
    column: str,
    batch: Sequence[tuple[int, object]],
    count: Count,
    change: bool,
) -> None:
    anew: list[tuple[int, bytes, bytes]] = []
    for number, value in batch:
        sealed = bytes(value)  # type: ignore[call-overload]
        if not sealed or seal.is_newest(sealed):
            continue
        try:
            anew.append((number, sealed, seal.anew(sealed)))
        except CannotOpen:
            count.lost += 1
    count.old += len(anew)
    if not change or not anew:
        return
    with database.writing() as session:
        for number, before, after in anew:
            same = (model.id == number, getattr(model, column) == before)
            session.execute(update(model).where(*same).values({column: after}))
    count.new += len(anew)


def _sound(audio: Recordings, seal: Seal, key: object, count: Count, change: bool) -> bool:
    try:
        with audio.open(str(key)) as sound:
            if seal.is_newest_sound(sound.header):
                return False
            count.old += 1
            if not change:
                return False
            whole = sound.readall()
    except FileNotFoundError:
        return False
    except CannotOpen:
        count.lost += 1
        return False
    audio.replace(str(key), whole)
    count.new += 1
    return True


def _only_wanted(database: Database, audio: Recordings, keys: Sequence[object]) -> None:
    """Of these files, those whose rows went while they were sealed anew go again.

    The lock waits for an erasure that is under way.
    """
    with database.writing() as session:
        wanted = select(Recording.audio_key).where(Recording.audio_key.in_(keys)).with_for_update()
        there = set(session.scalars(wanted).all())
    for key in keys:
        if key not in there:
            audio.delete(str(key))
