"""A backup while the line runs: the database first, then every recording that it names.

FOLDER/recordings/    sealed audio by key, shared by every backup in the folder
FOLDER/erasures.jsonl who asked for what to be removed, as far as any backup knows
FOLDER/restoring      there while a restore from here is under way, or broke off
FOLDER/<moment>/      one backup: the database, the list of its recordings, the manifest
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import backup_manifest as manifests
from store import erasures
from store.backup_audio import digest, keep
from store.backup_database import CannotCopy, copy, counts, moment, revision
from store.backup_manifest import AUDIO, POOL, Kept, Manifest
from store.backup_pool import Pool
from store.database import Database
from store.models import Recording

ERASURES = "erasures.jsonl"
UNFINISHED, RESTORING = ".partial", "restoring"
Tell = Callable[[str], None]


def backup(
    database: Database, pool: Pool, folder: Path, at: datetime, keeping: int, tell: Tell
) -> Path:
    """One more backup in `folder`; of the finished ones the newest `keeping` stay.

    Raises CannotCopy, NoBackup (an earlier one cannot be read) or StoreAway; then nothing counts.
    """
    with alone(folder):
        if (folder / RESTORING).exists():
            raise CannotCopy(f"a restore from {folder} broke off: run it again first")
        for left in folder.glob(f"*{UNFINISHED}"):
            shutil.rmtree(left)
        place = folder / f"{at:%Y-%m-%dT%H%M%S}.{at.microsecond // 1000:03}Z"
        partial = folder / f"{place.name}{UNFINISHED}"
        partial.mkdir(mode=0o700)
        try:
            _fill(partial, database, pool, folder, at, tell)
            partial.rename(place)
        finally:
            # People's words lie in it: a copy that came to nothing is not left about.
            shutil.rmtree(partial, ignore_errors=True)
        list_erasures(database, folder, at)
        _prune(folder, keeping, tell)
    return place


def list_erasures(database: Database, folder: Path, at: datetime) -> int:
    """Bring the folder's list of erasures up to now: quick, also between two backups."""
    with locked(folder / ".erasures.lock", fcntl.LOCK_EX):
        whole = erasures.read(folder / ERASURES)
        # Rows that a restore left half-way do not know yet what was asked after the backup.
        if not (folder / RESTORING).exists():
            with database.reading() as session:
                now = erasures.known(session, whole.wishes.keys(), at)
            whole = erasures.merge(whole, now)
            erasures.write(folder / ERASURES, whole)
    return len(whole.wishes)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else backs up to, or restores from, this folder meanwhile. Raises CannotCopy."""
    try:
        with locked(folder / ".lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError:
        raise CannotCopy(f"another backup or restore is at work in {folder}") from None


@contextmanager
def locked(path: Path, how: int) -> Iterator[None]:
    """Hold a lock file. Raises BlockingIOError when it is not to be waited for."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, how)
        yield


def _fill(
    place: Path, database: Database, pool: Pool, folder: Path, at: datetime, tell: Tell
) -> None:
    tell("database ...")
    with moment(database) as session:
        rows = counts(session.connection())
        _not_suddenly_empty(folder, rows)
        standing = revision(session.connection())
        copied = copy(database, session, place)
        keys = sorted(key for key in session.scalars(select(Recording.audio_key)) if key)
    tell(f"database: {sum(rows.values()):,} rows")
    kept, gone = _recordings(folder, pool, keys, tell)
    listed = "".join(f"{json.dumps(_written(one))}\n" for one in kept).encode()
    keep(place / AUDIO, listed)
    with database.reading() as session:
        missing = _still_named(session, gone)
    manifest = Manifest(
        taken_at=at.isoformat(),
        migration=standing,
        database=copied.name,
        sha256=digest(copied),
        recordings=len(kept),
        recordings_sha256=hashlib.sha256(listed).hexdigest(),
        rows=rows,
        erased_meanwhile=sorted(set(gone) - set(missing)),
        missing=missing,
    )
    manifests.write(place, manifest)


def _written(one: Kept) -> dict[str, object]:
    """Without what says nothing: a version before, which does not know it, can read the rest."""
    return {name: value for name, value in asdict(one).items() if value is not None}


def _not_suddenly_empty(folder: Path, rows: dict[str, int]) -> None:
    # A clock that goes on backing up a line that lost everything would push the last good one out.
    before = manifests.finished(folder)
    if before and not rows.get("feedback") and manifests.read(before[-1]).rows.get("feedback"):
        raise CannotCopy(
            f"the database has no feedback, but {before[-1]} has: restore it, or use a new folder"
        )


def _recordings(
    folder: Path, pool: Pool, keys: list[str], tell: Tell
) -> tuple[list[Kept], list[str]]:
    """Each recording in the pool, copied if it was not; and the keys that lead nowhere."""
    last = manifests.finished(folder)[-1:]
    there = {one.key: one for place in last for one in manifests.audio(place)}
    kept, gone = [], []
    for number, key in enumerate(keys, 1):
        one = pool.take(key, there.get(key))
        if one is None:
            gone.append(key)
        else:
            kept.append(one)
        if number % 1000 == 0 or number == len(keys):
            tell(f"recordings: {number:,} of {len(keys):,}")
    tell(f"recordings: {pool.copied:,} new")
    return kept, gone


def _still_named(session: Session, keys: Collection[str]) -> list[str]:
    """Those that a row names still: they were not erased, they are missing."""
    asked = select(Recording.audio_key).where(Recording.audio_key.in_(keys))
    return sorted(key for key in session.scalars(asked) if key) if keys else []


def _prune(folder: Path, keeping: int, tell: Tell) -> None:
    """Older backups go, and with them the audio that only they had."""
    for old in manifests.finished(folder)[:-keeping]:
        (old / manifests.NAME).unlink()  # first: what is half gone is no backup
        shutil.rmtree(old)
        tell(f"older backup removed: {old.name}")
    wanted = {one.path for place in manifests.finished(folder) for one in manifests.audio(place)}
    pool = folder / POOL
    for file in sorted(pool.rglob("*")) if pool.is_dir() else []:
        if file.is_file() and str(file.relative_to(pool)) not in wanted:
            file.unlink()
