"""Recordings as the store has them: sealed bytes by key, never opened, into a backup and back."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.store import LocalStore, from_url

from store.recordings import named_troubles


class SealedStore:
    """The place of RECORDINGS_URL. Everything here may raise StoreAway."""

    def __init__(self, url: str) -> None:
        local = urlsplit(url).scheme == "file"
        self._folder = Path(url.removeprefix("file://")).absolute() if local else None
        with named_troubles():
            self._store = LocalStore(self._folder, mkdir=True) if self._folder else from_url(url)

    def get(self, key: str) -> bytes | None:
        """The sealed bytes, or None where there are none (any more)."""
        try:
            with named_troubles():
                return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None

    def size(self, key: str) -> int | None:
        """How many sealed bytes there are, or None."""
        try:
            with named_troubles():
                return int(obstore.head(self._store, key)["size"])
        except FileNotFoundError:
            return None

    def put(self, key: str, sealed: bytes) -> None:
        """Keep bytes that are sealed already."""
        with named_troubles():
            obstore.put(self._store, key, sealed)
            if self._folder:
                with (self._folder / key).open("rb") as file:
                    os.fsync(file.fileno())


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, onto the disk itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def digest(path: Path) -> str:
    """The SHA-256 of a file, however large."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
