"""What one backup holds: written last, so that a folder without it is no backup."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from store.backup_audio import digest, keep

NAME, AUDIO, POOL = "manifest.json", "recordings.jsonl", "recordings"
KEYS = "SEALING_KEYS and JOIN_KEY are not in this backup: keep them apart, or nobody opens it."


class NoBackup(Exception):
    """There is no backup there, or it is not whole; the message says what is wrong."""


@dataclass(frozen=True)
class Manifest:
    """One backup. `erased_meanwhile`: recordings that the rows name but that were just erased.

    `missing`: those that the rows name, but that were not where they belong.
    """

    taken_at: str
    migration: str | None
    database: str
    sha256: str
    recordings: int
    recordings_sha256: str
    rows: dict[str, int]
    erased_meanwhile: list[str]
    missing: list[str]
    keys: str = KEYS


@dataclass(frozen=True)
class Kept:
    """One recording in the pool: its key, its sealed size and checksum.

    `file`: its name there, where that is not its key, as another backup has it sealed otherwise.
    """

    key: str
    size: int
    sha256: str
    file: str | None = None

    @property
    def path(self) -> str:
        return self.file or self.key


def finished(folder: Path) -> list[Path]:
    """The finished backups in a folder, oldest first."""
    return sorted(place.parent for place in folder.glob(f"2*Z/{NAME}"))


def newest(folder: Path, at: str | None = None) -> Path:
    """The latest backup, or the one named `at`. Raises NoBackup."""
    found = [place for place in finished(folder) if at in (None, place.name)]
    if not found:
        raise NoBackup(f"there is no finished backup{f' {at}' if at else ''} in {folder}")
    return found[-1]


def read(place: Path) -> Manifest:
    """A backup's manifest. Raises NoBackup."""
    try:
        return Manifest(**json.loads((place / NAME).read_text()))
    except (OSError, ValueError, TypeError) as why:
        raise NoBackup(f"{place / NAME} cannot be read ({type(why).__name__})") from why


def write(place: Path, manifest: Manifest) -> None:
    """The last file of a backup."""
    keep(place / NAME, json.dumps(asdict(manifest), indent=2).encode() + b"\n")


def audio(place: Path) -> Iterator[Kept]:
    """The recordings of one backup, by key."""
    with (place / AUDIO).open() as lines:
        for line in lines:
            yield Kept(**json.loads(line))


def verify(folder: Path, place: Path) -> Iterator[str]:
    """Read every file of a backup; a line for each that is not what was written."""
    said = read(place)
    for name, wanted in ((said.database, said.sha256), (AUDIO, said.recordings_sha256)):
        if not (place / name).is_file() or digest(place / name) != wanted:
            yield f"{place / name} is missing, or not what was written"
            return
    for kept in audio(place):
        file = folder / POOL / kept.path
        if not file.is_file() or digest(file) != kept.sha256:
            yield f"{file} is missing, or not what was written"
