"""Audio by key: sealed, written once, readable in byte ranges. Local folder or S3 alike."""

import io
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag

from store.place import Place, StoreAway
from store.seal import CHUNK, HEADER, TAG, CannotOpen, Seal, nonce

__all__ = ["Recordings", "SealedAudio", "StoreAway"]


class Recordings:
    """The place where audio lives, from RECORDINGS_URL. Everything here may raise StoreAway."""

    def __init__(self, url: str, seal: Seal) -> None:
        self._seal = seal
        self._place = Place(url)

    def put(self, key: str, audio: bytes) -> None:
        """Keep audio under a key, which names what it is: a second put is the same audio."""
        self._place.put_once(key, self._seal.close_audio(audio))

    def replace(self, key: str, audio: bytes) -> None:
        """Keep the same audio under its key, sealed anew."""
        self._place.put(key, self._seal.close_audio(audio))

    def open(self, key: str) -> "SealedAudio":
        """A seekable file of the plain audio. Raises FileNotFoundError or CannotOpen."""
        return SealedAudio(self._place, key, self._seal)

    def has(self, key: str) -> bool:
        """Whether there is audio under a key."""
        return self._place.size(key) is not None

    def keys(self, size: int) -> Iterator[list[str]]:
        """Every key that has audio, `size` at a time."""
        return (list(batch) for batch in self._place.listed(size))

    def delete(self, key: str) -> None:
        """Remove the audio; one that is gone already is no error (an erasure may run twice)."""
        self._place.delete(key)


class SealedAudio(io.RawIOBase):
    """Plain audio of one sealed recording; opens only the chunks that are asked for."""

    def __init__(self, place: Place, key: str, seal: Seal) -> None:
        self._place, self._key, self._seal, self._at = place, key, seal, 0
        sealed, self.header = place.begin(key, HEADER)
        if sealed < HEADER:
            raise CannotOpen("this recording was cut off on the disk")
        self._box = seal.box(self.header)
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

    def readall(self) -> bytes:
        """What is left, fetched in one go: a question to the store for each chunk costs as much."""
        first = self._at // CHUNK
        if first >= self._count:
            return b""
        sealed = memoryview(self._sealed(first, self._count - 1))
        parts = [
            self._opened(first + n, sealed[start : start + CHUNK + TAG])
            for n, start in enumerate(range(0, len(sealed), CHUNK + TAG))
        ]
        whole = b"".join(parts)[self._at % CHUNK :]
        self._at += len(whole)
        return whole

    def _chunk(self, index: int) -> bytes:
        """The plain bytes of one chunk; the latest is kept, as readers ask for less at a time."""
        if index >= self._count:
            return b""
        if index != self._open[0]:
            self._open = (index, self._opened(index, self._sealed(index, index)))
        return self._open[1]

    def _sealed(self, first: int, last: int) -> bytes:
        """The sealed bytes of some chunks in a row."""
        start = HEADER + first * (CHUNK + TAG)
        end = min(HEADER + (last + 1) * (CHUNK + TAG), HEADER + self.size + self._count * TAG)
        return self._place.part(self._key, start, end)

    def _opened(self, index: int, sealed: bytes | memoryview) -> bytes:
        try:
            return self._decrypted(index, sealed)
        except InvalidTag as why:
            if not self._sealed_anew():
                raise CannotOpen("this recording was changed on the disk") from why
        return self._opened(index, self._sealed(index, index))

    def _decrypted(self, index: int, sealed: bytes | memoryview) -> bytes:
        return self._box.decrypt(nonce(index, index == self._count - 1), sealed, self.header)

    def _sealed_anew(self) -> bool:
        """Whether another key seals it since it was opened: then it goes on with that one."""
        header = self._place.part(self._key, 0, HEADER)
        if header == self.header:
            return False
        self.header, self._box = header, self._seal.box(header)
        return True
