"""`backup DIR` and `restore DIR`: database and recordings, while the line runs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import click
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

import config
from commands.errors import no_database, no_recordings, plain_errors
from store.backup import backup as take
from store.backup import list_erasures
from store.backup_database import CannotCopy
from store.backup_manifest import NoBackup, audio, read
from store.backup_pool import Pool
from store.database import Database
from store.erasures import NotAList
from store.place import Place, StoreAway
from store.recordings import Recordings
from store.restore import Restored
from store.restore import restore as put_back
from store.seal import CannotOpen, Seal

Folder = click.Path(path_type=Path, file_okay=False)
TROUBLES = (CannotCopy, NoBackup, NotAList, StoreAway, SQLAlchemyError, OSError)


@click.command()
@click.argument("folder", type=Folder)
@click.option("--keep", default=14, type=click.IntRange(1), help="How many backups stay there.")
@click.option("--erasures", is_flag=True, help="Only bring the list of erasures up to now.")
@plain_errors
def backup(folder: Path, keep: int, erasures: bool) -> None:
    """Copy the database, then its recordings, into FOLDER. What is there already is not copied."""
    settings = config.read()
    now = datetime.now(UTC)
    try:
        with _opened(settings.database_url) as database:
            if erasures:
                click.echo(f"{list_erasures(database, folder, now)} items in the list of erasures")
                return
            pool = Pool(folder, Place(settings.recordings_url), _seal(settings))
            place = take(database, pool, folder, now, keep, _tell)
            _report(place)
    except TROUBLES as why:
        sys.exit(f"heard: no backup: {_line(why)}")


@click.command()
@click.argument("folder", type=Folder)
@click.option("--at", help="Which backup, by the name of its folder; else the newest.")
@click.option("--over", is_flag=True, help="Replace what the database holds.")
@click.option(
    "--erasures",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A list of erasures from another place, newer than the folder's own.",
)
@plain_errors
def restore(folder: Path, at: str | None, over: bool, lists: tuple[Path, ...]) -> None:
    """Verify a backup in FOLDER and put it in the line's place; erase again what was erased."""
    settings = config.read()
    now = datetime.now(UTC)
    try:
        sealed = Place(settings.recordings_url)
        with _opened(settings.database_url) as database:
            done = put_back(
                database, sealed, folder, now, _tell, _seal(settings), at=at, over=over, lists=lists
            )
    except TROUBLES as why:
        sys.exit(f"heard: not restored: {_line(why)}")
    for line in (*_said(done), *_locked_up(settings, done)):
        click.echo(line)


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.engine.dispose()


def _report(place: Path) -> None:
    made = read(place)
    click.echo(f"{place}: {sum(made.rows.values()):,} rows, {made.recordings:,} recordings")
    if made.erased_meanwhile:
        click.echo(f"erased while it was taken: {len(made.erased_meanwhile)}")
    for key in made.missing:
        click.echo(f"missing in the line itself: {key} (see doctor)")
    click.echo(made.keys)


def _said(done: Restored) -> list[str]:
    head = ScriptDirectory(str(config.ROOT / "migrations")).get_current_head()
    until = f"{done.erasures_until:%Y-%m-%d %H:%M} UTC" if done.erasures_until else "no time at all"
    lines = [
        f"{done.place} is back: {done.rows:,} rows, {done.recordings:,} recordings",
        f"to erase again: {done.to_erase} items, by the next sweep",
        f"erasures are known up to {until}; for what was asked later: catch-up, then ask the lead",
    ]
    if done.migration != head:
        lines.append(f"it stands at migration {done.migration}, not {head}: run `release` first")
    return lines


def _locked_up(settings: config.Settings, done: Restored) -> Iterator[str]:
    """A backup without its keys is noise: better said now than when somebody wants to listen."""
    seal = _seal(settings)
    for one in islice(audio(done.place), 1):
        try:
            Recordings(settings.recordings_url, seal).open(one.key)
        except CannotOpen:
            yield "SEALING_KEYS do not open its recordings: set the keys of the line it was made of"


def _seal(settings: config.Settings) -> Seal:
    return Seal(settings.sealing_keys, settings.join_key)


def _tell(words: str) -> None:
    click.echo(words, err=True)


def _line(why: Exception) -> str:
    if isinstance(why, SQLAlchemyError):
        return no_database(why)
    if isinstance(why, StoreAway):
        return no_recordings(why)
    return str(why)
