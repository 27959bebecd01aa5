"""Files of a backup: written whole, onto the disk itself, and known by their checksums."""

import hashlib
import os
from pathlib import Path


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
