"""`migrate-storage FROM TO`: recordings from one place to another, while the line runs."""

import sys

import click
from sqlalchemy.exc import SQLAlchemyError

import config
from commands.errors import plain_errors
from store import moving
from store.database import Database
from store.place import Place, StoreAway

KINDS = ("file://", "s3://")


@click.command("migrate-storage")
@click.argument("source")
@click.argument("target")
@plain_errors
def migrate_storage(source: str, target: str) -> None:
    """Copy every recording from SOURCE to TARGET (file://... or s3://...), then compare them.

    Nothing is ever deleted at SOURCE. Run it again after RECORDINGS_URL has been changed and
    everything restarted: it brings what was kept in between.
    """
    settings = config.read()
    for url in (source, target):
        if not url.startswith(KINDS):
            sys.exit(f"heard: {url}: a place begins with one of {', '.join(KINDS)}")
    if source.rstrip("/") == target.rstrip("/"):
        sys.exit("heard: nothing is moved: both are the same place")
    try:
        _move(Place(source), Place(target), Database(settings.database_url))
    except (StoreAway, SQLAlchemyError) as why:
        words = why if isinstance(why, StoreAway) else f"the database: {type(why).__name__}"
        sys.exit(f"heard: not all is moved ({words}): run it again, it goes on where it was")


def _move(source: Place, target: Place, database: Database) -> None:
    moved = moving.copy(source, target, _tell)
    click.echo(f"{moved.there:,} recordings, {moved.size:,} bytes; {moved.new:,} of them are new")
    wrong = list(moving.compare(source, target, _tell))
    with database.reading() as session:
        gone = moving.forget(session, target)
    click.echo(f"erased since they were copied, and removed again: {gone:,}")
    for key in wrong:
        click.echo(f"not the same at both places: {key}")
    if wrong:
        sys.exit(1)
    click.echo("both places have the same, by checksum; SOURCE is as it was")


def _tell(words: str) -> None:
    click.echo(words, err=True)
