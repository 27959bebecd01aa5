"""`migrate-storage FROM TO`: recordings from one place to another, while the line runs."""

import sys

import click
from sqlalchemy.exc import SQLAlchemyError

import config
from commands.errors import plain_errors
from store import moving
from store.comparing import Compared
from store.database import Database
from store.place import Place, StoreAway
from store.seal import Seal

KINDS = ("file://", "s3://")
LOST = "is SOURCE the right one? If it is, doctor says what the line itself lacks"


@click.command("migrate-storage")
@click.argument("source")
@click.argument("target")
@plain_errors
def migrate_storage(source: str, target: str) -> None:
    """Copy every recording from SOURCE to TARGET (file://... or s3://...), then compare them.

    Nothing is ever deleted at SOURCE. Run it again after RECORDINGS_URL has been changed and
    everything restarted: it brings what was kept in between, and what was sealed anew.
    """
    settings = config.read()
    for url in (source, target):
        if not url.startswith(KINDS):
            sys.exit(f"heard: {url}: a place begins with one of {', '.join(KINDS)}")
    if source.rstrip("/") == target.rstrip("/"):
        sys.exit("heard: nothing is moved: both are the same place")
    try:
        opened = Place(source, mkdir=False)
    except StoreAway as why:
        sys.exit(f"heard: nothing is moved: {source}: {why}")
    try:
        there = _move(opened, Place(target), settings)
    except (StoreAway, SQLAlchemyError) as why:
        words = why if isinstance(why, StoreAway) else f"the database: {type(why).__name__}"
        sys.exit(f"heard: not all is moved ({words}): run it again, it goes on where it was")
    click.echo(_what_stays(there, settings.recordings_url.rstrip("/") == target.rstrip("/")))


def _move(source: Place, target: Place, settings: config.Settings) -> int:
    """How many recordings SOURCE holds. It ends with 1 where TARGET is not to be relied on."""
    database = Database(settings.database_url)
    seal = Seal(settings.sealing_keys, settings.join_key)
    moved = moving.copy(source, target, _tell)
    click.echo(f"{moved.there:,} recordings, {moved.size:,} bytes; {moved.new:,} of them are new")
    odd = list(Compared(source, target, seal, database).odd(_tell))
    lost = moving.lacking(database, source, target)
    with database.reading() as session:
        gone = moving.forget(session, target)
    click.echo(f"erased since they were copied, and removed again: {gone:,}")
    mended = sum(one.mended for one in odd)
    click.echo(f"spoiled at TARGET or sealed with an older key, and put right: {mended:,}")
    wrong = [one.key for one in odd if not one.mended]
    for key in wrong:
        click.echo(f"not the same at both places: {key}")
    if lost:
        click.echo(f"{lost:,} recordings that the database names are at neither place: {LOST}")
    if wrong or lost:
        sys.exit(1)
    return moved.there


def _what_stays(there: int, in_use: bool) -> str:
    """SOURCE is a second copy of every voice: no erasure reaches it once the line has moved out."""
    same = "both places have the same sound, by checksum"
    if not in_use:
        return f"{same}; SOURCE is as it was"
    left = f"SOURCE still holds {there:,}, and no erasure reaches it"
    return f"{same}; {left}: remove it once there is a backup of TARGET"


def _tell(words: str) -> None:
    click.echo(words, err=True)
