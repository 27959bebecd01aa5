"""The sealed audio that every backup in a folder shares: what lies there whole is not copied again.

What `reseal` sealed anew has the same length under the same key. It lies beside the old one, under
a name of its own: older backups know theirs by its checksum, and newer ones must not need a key
that was dropped.
"""

import hashlib
from pathlib import Path

from store.backup_audio import digest, keep
from store.backup_manifest import POOL, Kept
from store.place import Place
from store.seal import HEADER, Seal


class Pool:
    """The pool of a folder, filled from where the line keeps its recordings."""

    def __init__(self, folder: Path, audio: Place, seal: Seal) -> None:
        self._pool, self._audio, self._seal = folder / POOL, audio, seal
        self.copied = 0

    def take(self, key: str, known: Kept | None) -> Kept | None:
        """A recording, as the last backup has it or copied now. None: the line has none."""
        if known is not None and self._is_still(known):
            return known
        sealed = self._audio.get(key)
        if sealed is None:
            return None
        one = self._named(key, sealed)
        keep(self._pool / one.path, sealed)
        self.copied += 1
        return one

    def _is_still(self, known: Kept) -> bool:
        """Whether it lies there whole, and the line still has it sealed with the same key."""
        file = self._pool / known.path
        if not file.is_file() or file.stat().st_size != known.size:
            return False
        with file.open("rb") as opened:
            header = opened.read(HEADER)
        return self._seal.is_newest_sound(header) or self._same(known.key, header)

    def _same(self, key: str, header: bytes) -> bool:
        """What was erased meanwhile is no other: it goes with the last backup that has it."""
        try:
            return self._audio.begin(key, HEADER)[1] == header
        except FileNotFoundError:
            return True

    def _named(self, key: str, sealed: bytes) -> Kept:
        checksum, first = hashlib.sha256(sealed).hexdigest(), self._pool / key
        taken = first.is_file() and first.stat().st_size == len(sealed)
        other = taken and digest(first) != checksum
        return Kept(key, len(sealed), checksum, f"{key}.{checksum[:16]}" if other else None)
