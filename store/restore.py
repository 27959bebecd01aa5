"""A backup back into a line's place; and what was erased since is erased again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from store import backup_manifest as manifests
from store import erasures
from store.backup import ERASURES, RESTORING, Tell, alone
from store.backup_database import CannotCopy, counts, put_back, revision
from store.backup_manifest import POOL, NoBackup
from store.database import Database
from store.erasures import Erasures, merge
from store.place import Place
from store.seal import Seal
from store.sounds import sound


@dataclass(frozen=True)
class Restored:
    """Which backup it was, its migration, and how many items the next sweep erases again.

    `erasures_until`: who asked later than this is not known, and must be found by other means.
    """

    place: Path
    migration: str | None
    rows: int
    recordings: int
    to_erase: int
    erasures_until: datetime | None


def restore(
    database: Database,
    audio: Place,
    folder: Path,
    now: datetime,
    tell: Tell,
    seal: Seal,
    *,
    at: str | None = None,
    over: bool = False,
    lists: Sequence[Path] = (),
) -> Restored:
    """Verify a backup, then put it in the place of whatever is there.

    Before anything is changed, the wishes of the line that is there join those of the folder and
    of `lists`. Raises NoBackup, CannotCopy or StoreAway; up to the database nothing has changed.
    """
    with alone(folder):
        place = manifests.newest(folder, at)
        manifest = manifests.read(place)
        _refuse(database, over)
        tell(f"verifying {place} ...")
        for problem in manifests.verify(folder, place):
            raise NoBackup(problem)
        wishes = _gathered(database, folder, lists, now)
        erasures.write(folder / ERASURES, wishes)
        (folder / RESTORING).touch()
        _recordings(folder, place, audio, seal, tell)
        tell("database ...")
        put_back(database.engine, place / manifest.database)
        with database.writing() as session:
            to_erase = erasures.apply(session, wishes, now)
        (folder / RESTORING).unlink()
    return Restored(
        place,
        manifest.migration,
        sum(manifest.rows.values()),
        manifest.recordings,
        to_erase,
        wishes.as_of,
    )


def _refuse(database: Database, over: bool) -> None:
    with database.engine.connect() as connection:
        rows = sum(counts(connection).values())
    if rows and not over:
        raise CannotCopy(
            f"the database has {rows:,} rows: name an empty one, or say --over to replace it"
        )


def _gathered(database: Database, folder: Path, lists: Sequence[Path], now: datetime) -> Erasures:
    """Every wish that anybody still knows of, those of the line itself the latest."""
    whole = erasures.read(folder / ERASURES)
    for path in lists:
        if not path.is_file():
            raise NoBackup(f"there is no list of erasures at {path}")
        whole = merge(whole, erasures.read(path))
    if (folder / RESTORING).exists():
        return whole  # these rows are half restored: what was asked later is in the list alone
    with database.reading() as session:
        if revision(session.connection()) is None or not counts(session.connection())["feedback"]:
            return whole  # nothing is there: nothing can be known of later wishes
        try:
            return merge(whole, erasures.known(session, whole.wishes.keys(), now))
        except SQLAlchemyError as why:
            raise CannotCopy(
                f"the database that is there cannot say what it erased ({type(why).__name__}): "
                "bring it to this version, or name an empty one"
            ) from why


def _recordings(folder: Path, place: Path, audio: Place, seal: Seal, tell: Tell) -> None:
    """What opens there may stay: it is the same sound, perhaps sealed with a newer key."""
    for number, kept in enumerate(manifests.audio(place), 1):
        if sound(audio, kept.key, seal) is None:
            audio.put(kept.key, (folder / POOL / kept.path).read_bytes())
        if number % 1000 == 0:
            tell(f"recordings: {number:,}")
