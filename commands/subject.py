"""`subject +44...` or `subject REFERENCE`: all that the line has of one person, as one file."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

import config
from commands.errors import plain_errors
from commands.whose import found, given
from dialogue import script
from store import looks
from store.access_rows import Kept
from store.database import Database
from store.recordings import Recordings, StoreAway
from store.seal import Seal
from triage import subject as whole
from triage import subject_file


@click.command()
@click.argument("whose")
@click.option("--to", "path", type=click.Path(path_type=Path, dir_okay=False), help="The zip.")
@plain_errors
def subject(whose: str, path: Path | None) -> None:
    """Write what is kept of a phone, or of one item, into a zip (`-`: read WHOSE from stdin)."""
    settings = config.read()
    seal = Seal(settings.sealing_keys, settings.join_key)
    line = script.load(settings.script).line
    database = Database(settings.database_url)
    with database.reading() as session:
        phone, items = found(session, seal, given(whose))
        data = whole.subject(session, seal, items, phone, line.retention.periods)
        takes = whole.sounds(items)
    path = path or Path(f"subject-{datetime.now(UTC):%Y%m%dT%H%M%S}.zip")
    try:
        audio = Recordings(settings.recordings_url, seal)
        with _whole(path) as out:
            missing = subject_file.write(out, data, takes, audio, line.name)
    except (StoreAway, OSError) as why:
        sys.exit(f"heard: no file: {why}")
    with database.writing() as session:
        for one in items:
            looks.keep(session, looks.OPERATOR, Kept.SUBJECT, datetime.now(UTC), feedback_id=one.id)
    click.echo(f"{path}: {len(items)} items, {len(takes) - len(missing)} recordings")
    for words in missing:
        click.echo(words)
    click.echo(subject_file.FIRST)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner's eyes. Half of one does not stay: it would be given away as all."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        try:
            yield out
        except BaseException:
            path.unlink()
            raise
