"""`doctor`: whether all that the line stands on is there; exit 1 where something is wrong."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

import config
from commands import (
    doctor_checksums,
    doctor_clock,
    doctor_connections,
    doctor_files,
    doctor_keys,
    doctor_rota,
    doctor_rounds,
    doctor_script,
)
from store import disk, recordings_due
from store.copy_rows import TwilioCopy
from store.database import Database
from store.queue import Bell
from store.staff import Staff
from workers.setup_findings import OK, WARNING, WRONG, Finding

STUCK = timedelta(minutes=5)  # the sweep comes every ten seconds
TRIES = 3


@click.command()
@click.option("--quick", is_flag=True, help="Do not open every recording.")
def doctor(quick: bool) -> None:
    """Look at everything the line stands on; print a line each; exit 1 if something is wrong."""
    findings = []
    for finding in look(quick):
        click.echo(f"{finding.level:8} {finding.what}: {finding.words}")
        findings.append(finding.level)
    sys.exit(1 if WRONG in findings else 0)


def look(quick: bool = False) -> Iterator[Finding]:
    """Every finding, in the order in which one would mend them."""
    try:
        settings = config.read()
    except config.WrongSetting as why:
        yield Finding(WRONG, "settings", str(why))
        return
    yield Finding(OK, "settings", repr(settings))
    yield from doctor_script.look(settings)
    yield _queue(settings)
    yield from _disk(settings)
    try:
        database = Database(settings.database_url)
        yield _migrations(database)
        with database.reading() as session:
            yield from (check(session) for check in (_stuck, _undeleted, _staff))
            yield from _factors(session, settings)
            yield from doctor_rounds.look(session, settings)
            yield from doctor_rota.look(session, settings)
            yield from doctor_clock.look(session, settings)
            yield from doctor_connections.look(session, settings)
            yield from doctor_files.look(session, settings)
            if not quick:
                yield from doctor_checksums.look(session, settings)
        if not quick:
            yield from doctor_keys.keys(settings, database)
    except SQLAlchemyError as why:
        yield Finding(WRONG, "database", f"{type(why).__name__}: is it running, and migrated?")


def _queue(settings: config.Settings) -> Finding:
    bell = Bell(settings.redis_url)
    # A busy machine answers late. No caller waits for that, but an operator does.
    depth = next((found for _ in range(TRIES) if (found := bell.depth()) is not None), None)
    if depth is None:
        return Finding(WRONG, "queue", "Redis does not answer; rows wait for the sweep")
    return Finding(OK, "queue", f"{depth} waiting")


def _disk(settings: config.Settings) -> Iterator[Finding]:
    for place in disk.places(settings.database_url, settings.recordings_url):
        folder, free = disk.standing(place), disk.free(place) // disk.MEGABYTE
        words = f"{free:,} MB free in {folder}"
        if disk.low([place], settings.least_free_mb):
            yield Finding(
                WRONG, "disk", f"{words}: nothing is fetched from Twilio or deleted there"
            )
        else:
            yield Finding(OK, "disk", words)


def _migrations(database: Database) -> Finding:
    head = ScriptDirectory(str(config.ROOT / "migrations")).get_current_head()
    with database.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    if here == head:
        return Finding(OK, "migrations", f"at {here}")
    return Finding(WRONG, "migrations", f"at {here}, not {head}: run `alembic upgrade head`")


def _stuck(session: Session) -> Finding:
    stuck = recordings_due.stuck(session, datetime.now(UTC), STUCK)
    words = f"{stuck} recordings untouched for more than 5 minutes"
    if stuck:
        return Finding(WRONG, "stuck rows", f"{words}: are worker and clock running?")
    return Finding(OK, "stuck rows", words)


def _undeleted(session: Session) -> Finding:
    left = (
        session.scalar(
            select(func.count()).where(TwilioCopy.deleted_at.is_(None), TwilioCopy.due_at.is_(None))
        )
        or 0
    )
    return Finding(
        WRONG if left else OK,
        "to be deleted",
        f"{left} that could not be, here or at Twilio",
    )


def _staff(session: Session) -> Finding:
    there = session.scalar(select(func.count()).where(Staff.left_at.is_(None))) or 0
    return Finding(OK if there else WARNING, "staff", f"{there} may sign in")


def _factors(session: Session, settings: config.Settings) -> Iterator[Finding]:
    """Who must have a second factor and has none: until then a password alone is their door."""
    bare = session.scalars(
        select(Staff.name)
        .where(Staff.left_at.is_(None), Staff.factor_at.is_(None))
        .where(Staff.role.in_(settings.second_factor))
        .order_by(Staff.name)
    ).all()
    if bare:
        yield Finding(WARNING, "second factor", f"not set up yet by {', '.join(bare)}")
    elif settings.second_factor:
        yield Finding(OK, "second factor", f"set up by each {', '.join(settings.second_factor)}")
