"""How much room is left where rows and recordings lie on this host."""

import shutil
from collections.abc import Iterable
from pathlib import Path

MEGABYTE = 1_000_000
LEAST_FREE_MB = 1000  # about a thousand voice messages
SHARE = 10  # of a disk so small that it could never have that much, a tenth


def places(*urls: str) -> tuple[Path, ...]:
    """The folders on this host that the addresses of database and recordings name."""
    return tuple(
        Path(
            url.split("://", 1)[1].removeprefix("/" if url.startswith("sqlite") else "")
        ).absolute()
        for url in urls
        if url.startswith(("sqlite", "file"))
    )


def free(folder: Path) -> int:
    """Bytes that are free in a folder."""
    return shutil.disk_usage(standing(folder)).free


def standing(folder: Path) -> Path:
    """The folder, or, while it is still to be made, the nearest above it, on the same disk."""
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def least(folders: Iterable[Path]) -> int | None:
    """The bytes free where there are fewest; None where nothing of ours is on this host."""
    return min((free(folder) for folder in folders), default=None)


def low(folders: Iterable[Path], least_mb: int | None) -> bool:
    """Whether one of the folders has less free than the floor."""
    return any(free(folder) < floor(folder, least_mb) for folder in folders)


def floor(folder: Path, least_mb: int | None) -> int:
    """The bytes that are to stay free: as the setting says, or what is right for the disk."""
    if least_mb is not None:
        return least_mb * MEGABYTE
    return min(LEAST_FREE_MB * MEGABYTE, shutil.disk_usage(standing(folder)).total // SHARE)
