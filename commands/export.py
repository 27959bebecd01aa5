"""`export`: every item, oldest first, streaming; numbers of callers are never in it."""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

import config
from commands.errors import plain_errors
from dialogue.script import load
from store import looks
from store.access_rows import Kept
from store.database import Database
from store.exporting import batch
from triage import redaction
from triage.cells import cell
from triage.record import record
from triage.redaction.leaving import redacted

BATCH = 200
IN_CSV = (
    "reference",
    "received_at",
    "channel",
    "line",
    "language",
    "service",
    "place",
    "rating",
    "about",
    "contact",
    "purpose",
    "words",
    "complete",
    "opted_out",
    "notice",
    "tier",
    "status",
    "sentiment",
    "themes",
    "assigned_to",
    "closed_at",
)

Day = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"])


@click.command()
@click.option("--format", "shape", type=click.Choice(["jsonl", "csv"]), default="jsonl")
@click.option("--since", type=Day, help="From this day or moment on (UTC).")
@click.option("--until", type=Day, help="Before this day or moment (UTC).")
@click.option("--redacted", "private", is_flag=True, help="Without names, numbers and addresses.")
@plain_errors
def export(shape: str, since: datetime | None, until: datetime | None, private: bool) -> None:
    """Write every item to standard output, oldest first."""
    settings = config.read()
    database = Database(settings.database_url)
    with database.writing() as session:
        what = f"every item{' (redacted)' if private else ''} as {shape}"
        looks.keep(session, looks.OPERATOR, Kept.EXPORT, datetime.now(UTC), what=what)
    found = records(database, _utc(since), _utc(until))
    if private:
        rules = redaction.load(settings.script, load(settings.script).line.languages[0])
        found = (redacted(rules, one) for one in found)
    if shape == "jsonl":
        for one in found:
            click.echo(json.dumps(one, ensure_ascii=False))
        return
    table = csv.DictWriter(sys.stdout, IN_CSV, extrasaction="ignore")
    table.writeheader()
    for one in found:
        table.writerow({key: cell(one[key]) for key in IN_CSV})


def records(
    database: Database, since: datetime | None, until: datetime | None
) -> Iterator[dict[str, Any]]:
    """Every item as a plain record, a batch at a time: a year's items need no more memory."""
    after = None
    while True:
        with database.reading() as session:
            items = batch(session, since, until, after, BATCH)
            made = [record(item) for item in items]
        yield from made
        if len(items) < BATCH:
            return
        after = (items[-1].received_at, items[-1].id)


def _utc(given: datetime | None) -> datetime | None:
    return given.replace(tzinfo=UTC) if given else None
