"""`copy-database FROM TO`: every row into an empty database of either kind, and compared."""

import sys
from pathlib import Path

import click
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

import config
from commands.errors import plain_errors
from store.backup_database import CannotCopy
from store.database import Database
from store.transfer import transfer


@click.command("copy-database")
@click.argument("source")
@click.argument("target")
@plain_errors
def copy_database(source: str, target: str) -> None:
    """Copy SOURCE into TARGET, which is migrated and empty: SQLite to PostgreSQL, or back.

    All of it or nothing: where it breaks off, TARGET stays empty. So it does where SOURCE takes
    in rows meanwhile: stop web, worker and clock first, and catch up with Twilio afterwards.
    """
    first, second = (_there(config.database_address(url)) for url in (source, target))
    try:
        done = transfer(first, second, _tell)
    except CannotCopy as why:
        sys.exit(f"heard: nothing is copied: {why}")
    except SQLAlchemyError as why:
        # The database's own message may say what people said.
        sys.exit(f"heard: nothing is copied: {type(why).__name__}")
    finally:
        for database in (first, second):
            database.engine.dispose()
    for table in done:
        click.echo(f"{table.table}: {table.rows:,} rows, checksum {table.checksum[:16]}")
    click.echo("both have the same rows; the clock makes them searchable, newest last")


def _there(url: str) -> Database:
    """SQLite makes a file of whatever it is told to open: of a mistyped name too."""
    file = make_url(url).database
    if url.startswith("sqlite:") and not (file and Path(file).is_file()):
        sys.exit(f"heard: nothing is copied: there is no database {file}")
    return Database(url)


def _tell(words: str) -> None:
    click.echo(words, err=True)
