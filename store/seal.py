"""Seals what strangers trusted us with: numbers, raw fields, audio. Joins without revealing."""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 64 * 1024
TAG = 16
MAGIC = b"HRD1"
HEADER = len(MAGIC) + 4 + 16


class CannotOpen(Exception):
    """Sealed bytes that none of the keys opens: a key was lost, or the bytes were changed."""


class Seal:
    """Seals with the newest key and opens with any; the joining key is apart and never rotates."""

    def __init__(self, sealing_keys: Sequence[str], join_key: str) -> None:
        self._first = Fernet(sealing_keys[0])
        self._fields = MultiFernet([Fernet(key) for key in sealing_keys])
        masters = [urlsafe_b64decode(key) for key in sealing_keys]
        self._masters = {hashlib.sha256(m).digest()[:4]: m for m in masters}
        self._newest = hashlib.sha256(masters[0]).digest()[:4]
        self._join = urlsafe_b64decode(join_key)

    def close(self, text: str) -> bytes:
        """Text -> sealed bytes. Lone surrogates, which no webhook sends, are kept as they are."""
        return self._fields.encrypt(text.encode("utf-8", "surrogatepass"))

    def open(self, sealed: bytes) -> str:
        """Sealed bytes -> text. Raises CannotOpen."""
        try:
            return self._fields.decrypt(sealed).decode("utf-8", "surrogatepass")
        except InvalidToken as why:
            raise CannotOpen("no key in SEALING_KEYS opens this field") from why

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it."""
        try:
            self._first.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def anew(self, sealed: bytes) -> bytes:
        """The same, sealed with the newest key. Raises CannotOpen."""
        return self.close(self.open(sealed))

    def is_newest_sound(self, header: bytes) -> bool:
        """Whether the newest key sealed the recording with this header."""
        return header[4:8] == self._newest

    def join(self, number: str) -> str:
        """A number -> 32 hex digits, the same for the same number, useless without JOIN_KEY."""
        return hmac.digest(self._join, b"number:" + number.encode(), "sha256").hex()[:32]

    def close_audio(self, audio: bytes) -> bytes:
        """Audio -> sealed audio: a header, then chunks of 64 kB that open one by one."""
        header = MAGIC + self._newest + os.urandom(16)
        box = self.box(header)
        count = max(1, -(-len(audio) // CHUNK))
        chunks = (audio[i * CHUNK : (i + 1) * CHUNK] for i in range(count))
        return header + b"".join(
            box.encrypt(nonce(i, i == count - 1), part, header) for i, part in enumerate(chunks)
        )

    def box(self, header: bytes) -> AESGCM:
        """The cipher of one recording, from its header. Raises CannotOpen for an unknown key."""
        master = self._masters.get(header[4:8])
        if not header.startswith(MAGIC) or len(header) != HEADER or master is None:
            raise CannotOpen("no key in SEALING_KEYS opens this recording")
        key = HKDF(SHA256(), length=32, salt=header[8:], info=b"recording").derive(master)
        return AESGCM(key)


def nonce(index: int, last: bool) -> bytes:
    """Each chunk's own number, and a mark on the last, so that none is dropped or moved."""
    return index.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
