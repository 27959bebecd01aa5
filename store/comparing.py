"""Whether two places have the same sound; the target's is put right where only the source's is.

Sealed bytes may differ although the sound is the same: `reseal` went through one place and not
through the other. And they may have the same length although one was spoiled by a power cut. So
both are opened, and what they hold is compared with the checksum of the row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from store.database import Database
from store.models import Recording
from store.moving import BATCH, TELL, Tell, carry, digest
from store.place import Place
from store.seal import Seal
from store.sounds import Sound, sound


@dataclass(frozen=True)
class Odd:
    """A key under which the target had something else, and whether it has the right one now."""

    key: str
    mended: bool


class Compared:
    """Two places, the keys that open them and the rows that say what they should hold."""

    def __init__(self, source: Place, target: Place, seal: Seal, database: Database) -> None:
        self._source, self._target = source, target
        self._seal, self._database = seal, database

    def odd(self, tell: Tell) -> Iterator[Odd]:
        """Every recording of the source that the target did not have, or not right."""
        looked = 0
        for batch in self._source.listed(BATCH):
            for key in batch:
                here = self._source.get(key)
                if here is not None and digest(here) != digest(self._target.get(key)):
                    yield from self._settle(key)
                looked += 1
                if looked % TELL == 0:
                    tell(f"compared: {looked:,}")

    def _settle(self, key: str) -> Iterator[Odd]:
        """Nothing where the target's may stay: whoever runs on it may have sealed it anew."""
        with self._database.reading() as session:
            named = select(Recording.sha256).where(Recording.audio_key == key)
            row = session.execute(named).first()
        here, there = (sound(at, key, self._seal) for at in (self._source, self._target))
        if row is None and self._target.size(key) is None:
            return  # erased since it was copied
        wanted = row[0] if row else None
        if _better(here, there, wanted):
            yield Odd(key, mended=carry(self._source, self._target, key))
        elif there is None or there.checksum != (wanted or (here or there).checksum):
            yield Odd(key, mended=False)


def _better(here: Sound | None, there: Sound | None, wanted: str | None) -> bool:
    """Whether the source's belongs over the target's: that one is wrong, or its seal is older."""
    if here is None or (wanted and here.checksum != wanted):
        return False
    if there is None:
        return True
    if there.checksum != here.checksum:
        return wanted is not None
    return here.newest and not there.newest
