"""`providers import FILE.csv`: the regulator's public directory, read in and again."""

import codecs
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import click

import config
from commands.errors import plain_errors
from store import providers as rows
from store.database import Database
from store.providers import Fields
from triage.directory import Bad, NotADirectory, Place, read

BATCH = 500  # a webhook waits behind one batch, a few hundredths of a second
MEASURED = 20  # batches
LONGEST_LINE = 200_000
TOLD = 20  # bad lines that are shown; the rest is counted


@dataclass
class Wrong:
    """Lines that are kept out: how many, and the first of them, as a file may be all wrong."""

    number: int = 0
    first: list[Bad] = field(default_factory=list)

    def note(self, bad: Bad) -> None:
        self.number += 1
        if self.number <= TOLD:
            self.first.append(bad)


@click.group()
def providers() -> None:
    """Places of care, from the regulator's public directory."""


@providers.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--close-many", is_flag=True, help="Close places even if half of them are gone.")
@plain_errors
def import_(file: Path, close_many: bool) -> None:
    """Read FILE.csv, the "CQC care directory". Reading it again changes only what changed.

    Places that are gone from it are marked as closed. Lines that will not do are named and kept
    out; then the exit status is 1, and all others are in.
    """
    database = Database(config.read().database_url)
    at = datetime.now(UTC)
    wrong = Wrong()
    try:
        counts = _keep(database, file, at, wrong)
        closed = _close(database, at, close_many)
    except NotADirectory as why:
        sys.exit(f"heard: {file.name}: {why}")
    finally:
        database.engine.dispose()
    _tell(counts, closed, wrong)


def _keep(database: Database, file: Path, at: datetime, wrong: Wrong) -> Counter[str]:
    """Put every place of the file into the table, batch by batch, with a bar that shows how far."""
    counts = Counter(new=0, changed=0, same=0)
    with file.open("rb") as opened, _bar(file) as bar:
        found = read(_lines(opened, lambda: bar.update(opened.tell() - bar.pos)))
        for number, places in enumerate(_batches(found, wrong)):
            with database.writing() as session:
                counts.update(rows.keep(session, places, at))
                if number % MEASURED == 1:
                    rows.measure(session)
    return counts


def _close(database: Database, at: datetime, close_many: bool) -> int | None:
    """How many are closed now; None where so many are missing that the file may be cut off."""
    with database.writing() as session:
        missing, there = rows.gone(session, at)
        if missing > there and not close_many:
            return None
        rows.close(session, at)
    return missing


def _tell(counts: Mapping[str, int], closed: int | None, wrong: Wrong) -> None:
    for bad in wrong.first:
        click.echo(f"line {bad.line} {bad.why}", err=True)
    if wrong.number > TOLD:
        click.echo(f"... and {wrong.number - TOLD:,} more", err=True)
    said = [f"{number:,} {name}" for name, number in counts.items()]
    lines = "line" if wrong.number == 1 else "lines"
    said += [f"{closed or 0:,} closed", f"{wrong.number:,} {lines} kept out"]
    click.echo(", ".join(said))
    if closed is None:
        sys.exit(
            "heard: more than half of the places are not in this file, so none was closed. "
            "If it is the whole directory, run it again with --close-many."
        )
    if wrong.number:
        sys.exit(1)


def _batches(found: Iterator[Place | Bad], wrong: Wrong) -> Iterator[dict[str, Fields]]:
    while some := list(islice(found, BATCH)):
        for bad in (one for one in some if isinstance(one, Bad)):
            wrong.note(bad)
        yield {one.id: one.fields for one in some if isinstance(one, Place)}


def _lines(opened: BinaryIO, tell: Callable[[], None]) -> Iterator[str]:
    """The file's lines, whatever program wrote it; a line without an end does not fill memory."""
    start = opened.read(3)
    opened.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from codecs.getreader("utf-16")(opened, "replace")
        return
    if start == codecs.BOM_UTF8:
        opened.seek(len(start))
    for number, line in enumerate(iter(lambda: opened.readline(LONGEST_LINE), b"")):
        if number % 1000 == 0:
            tell()
        yield _decoded(line)
    tell()


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _bar(file: Path) -> "click._termui_impl.ProgressBar[int]":
    return click.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr)
