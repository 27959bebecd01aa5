"""Audio by key: written once, sealed, readable in byte ranges. Local folder or S3 alike."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from cryptography.exceptions import InvalidTag
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from store.seal import CHUNK, HEADER, TAG, CannotOpen, Seal, nonce


class StoreAway(Exception):
    """The place where audio lives cannot be used: full, not mounted, refused, not reached."""


class Recordings:
    """The place where audio lives, from RECORDINGS_URL. Everything here may raise StoreAway."""

    def __init__(self, url: str, seal: Seal) -> None:
        self._seal = seal
        self._folder = Path(url.removeprefix("file://")).absolute() if _local(url) else None
        with named_troubles():
            self._store = LocalStore(self._folder, mkdir=True) if self._folder else from_url(url)

    def put(self, key: str, audio: bytes) -> None:
        """Keep audio under a key. A second put counts: a power cut may have spoiled the first."""
        with named_troubles():
            obstore.put(self._store, key, self._seal.close_audio(audio))
            if self._folder:
                _onto_disk(self._folder, self._folder / key)

    def open(self, key: str) -> "SealedAudio":
        """A seekable file of the plain audio. Raises FileNotFoundError or CannotOpen."""
        return SealedAudio(self._store, key, self._seal)

    def has(self, key: str) -> bool:
        """Whether there is audio under a key."""
        try:
            with named_troubles():
                obstore.head(self._store, key)
        except FileNotFoundError:
            return False
        return True

    def keys(self, size: int) -> Iterator[list[str]]:
        """Every key that has audio, `size` at a time."""
        with named_troubles():
            for batch in obstore.list(self._store, chunk_size=size):
                yield [entry["path"] for entry in batch]

    def delete(self, key: str) -> None:
        """Remove the audio; one that is gone already is no error (an erasure may run twice)."""
        with suppress(FileNotFoundError), named_troubles():
            obstore.delete(self._store, key)


class SealedAudio(io.RawIOBase):
    """Plain audio of one sealed recording; opens only the chunks that are asked for."""

    def __init__(self, store: obstore.store.ObjectStore, key: str, seal: Seal) -> None:
        self._store, self._key, self._at = store, key, 0
        with named_troubles():
            sealed = obstore.head(store, key)["size"]
            if sealed < HEADER:
                raise CannotOpen("this recording was cut off on the disk")
            self._header = bytes(obstore.get_range(store, key, start=0, end=HEADER))
        self._box = seal.box(self._header)
        self._count = -(-(sealed - HEADER) // (CHUNK + TAG))
        self.size = sealed - HEADER - self._count * TAG
        if self._count != max(1, -(-self.size // CHUNK)):
            raise CannotOpen("this recording was cut off on the disk")
        self._open: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        part = self._chunk(self._at // CHUNK)[self._at % CHUNK :][: len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _chunk(self, index: int) -> bytes:
        """The plain bytes of one chunk; the latest is kept, as readers ask for less at a time."""
        if index >= self._count:
            return b""
        if index != self._open[0]:
            self._open = (index, self._decrypted(index))
        return self._open[1]

    def _decrypted(self, index: int) -> bytes:
        start = HEADER + index * (CHUNK + TAG)
        end = min(start + CHUNK + TAG, HEADER + self.size + self._count * TAG)
        with named_troubles():
            sealed = bytes(obstore.get_range(self._store, self._key, start=start, end=end))
        try:
            return self._box.decrypt(nonce(index, index == self._count - 1), sealed, self._header)
        except InvalidTag as why:
            raise CannotOpen("this recording was changed on the disk") from why


def _local(url: str) -> bool:
    return urlsplit(url).scheme == "file"


@contextmanager
def named_troubles() -> Iterator[None]:
    """Whatever the store, or the disk below it, makes of its troubles: one exception of ours."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as why:
        raise StoreAway(type(why).__name__) from why


def _onto_disk(folder: Path, path: Path) -> None:
    # Twilio's copy is deleted after this: ours must be on the disk itself, with every name on
    # the way to it (the month's folder may be new).
    for place in (path, *(p for p in path.parents if p.is_relative_to(folder))):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
