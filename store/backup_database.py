"""A whole database into one file, and back, while everybody works on."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Select, func, inspect, select, table, text
from sqlalchemy.orm import Session

from store.database import Database
from store.engine import unhurried

# What says how the rows are to be read, and whose turn it is: an empty line has these too.
NOT_CONTENT = frozenset({"alembic_version", "turns"})
FILES = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}
SEARCH = "searched_"  # the inner tables of SQLite's search
TRIES = 10


class CannotCopy(Exception):
    """The database cannot be copied or put back; the message is one line that says why."""


class Deadlock(Exception):
    """A webhook and pg_restore waited for each other; PostgreSQL has undone all of the latter."""


@contextmanager
def moment(database: Database) -> Iterator[Session]:
    """A session that sees one moment throughout, whatever is written meanwhile."""
    with database.reading() as session:
        if database.engine.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        unhurried(session.connection())  # pg_dump copies, while this one lies idle
        revision(session.connection())  # the first look fixes the moment
        yield session


def revision(connection: Connection) -> str | None:
    """The migration that the database stands at; None for one without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, those of an empty line left out. It takes its time."""
    unhurried(connection)
    names = sorted({*inspect(connection).get_table_names()} - NOT_CONTENT)
    return {n: connection.scalar(_count(n)) or 0 for n in names if not n.startswith(SEARCH)}


def copy(database: Database, session: Session, folder: Path) -> Path:
    """The session's moment as one file in `folder`. Raises CannotCopy."""
    to = folder / FILES[database.engine.dialect.name]
    if database.engine.dialect.name == "sqlite":
        driver: Any = session.connection().connection.driver_connection
        _copy_sqlite(driver, to)
        return to
    snapshot = session.scalar(text("SELECT pg_export_snapshot()"))
    shape = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
    _run("pg_dump", database.engine.url, *shape, f"--file={to}")
    return to


def put_back(engine: Engine, copied: Path) -> None:
    """The file in the database's place: all of it, or, with CannotCopy, nothing of it."""
    if copied.name != FILES[engine.dialect.name]:
        raise CannotCopy(f"this backup is {copied.name}, but DATABASE_URL is {engine.dialect.name}")
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            _fill_sqlite(driver, copied)
        return
    shape = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
    for _ in range(TRIES):
        with suppress(Deadlock):
            _run("pg_restore", engine.url, *shape, "--exit-on-error", str(copied))
            return
    raise CannotCopy("too much is written meanwhile: stop web, worker and clock, then try again")


def _copy_sqlite(source: sqlite3.Connection, to: Path) -> None:
    try:
        with closing(sqlite3.connect(to)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file: no -wal beside it
            found = target.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as why:
        raise CannotCopy(f"SQLite could not copy it: {why}") from why
    if found != "ok":
        raise CannotCopy(f"the copy of the database is damaged: {found}")


def _fill_sqlite(target: sqlite3.Connection, copied: Path) -> None:
    try:
        with closing(sqlite3.connect(copied)) as source:
            source.backup(target)
    except sqlite3.Error as why:
        raise CannotCopy(f"SQLite could not put it back: {why}") from why


def _run(program: str, url: URL, *words: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise CannotCopy(f"{program} is missing: install PostgreSQL's client programs")
    # The password goes by the environment: everybody on this machine can read arguments.
    secret = {"PGPASSWORD": url.password} if url.password else {}
    where = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL's, with words of our own)
        [path, *words, f"--dbname={where.render_as_string(hide_password=False)}"],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if "deadlock detected" in done.stderr:
        raise Deadlock
    if done.returncode:
        why = done.stderr.strip().splitlines() or ["no reason given"]
        raise CannotCopy(f"{program} failed: {why[0]}")


def _count(name: str) -> Select[Any]:
    return select(func.count()).select_from(table(name))
