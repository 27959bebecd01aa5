"""`catch-up`: list what Twilio has, import what no webhook brought, print the counts of both."""

import re
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial

import click
from sqlalchemy.exc import OperationalError

import config
from commands.errors import plain_errors
from store.queue import Bell
from workers.catch_up import AlreadyAtWork
from workers.catch_up import catch_up as catch_up_once
from workers.catch_up_counts import Counts
from workers.room import Room, furnish

AGAIN = 1.0  # seconds between two looks whether another catch-up is over
UNITS = {"d": "days", "h": "hours"}


class Since(click.ParamType[datetime]):
    """How far back: `2d`, `6h`, or a date such as 2026-11-02."""

    name = "since"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        found = re.fullmatch(r"([1-9][0-9]{0,3})([dh])", value)
        if found:
            return datetime.now(UTC) - timedelta(**{UNITS[found[2]]: int(found[1])})
        try:
            return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            self.fail(f"{value!r} is neither 2d, nor 6h, nor a date such as 2026-11-02")


@click.command("catch-up")
@click.option("--since", type=Since(), default="2d", show_default=True, help="2d, 6h or a date.")
@plain_errors
def catch_up(since: datetime) -> None:
    """Import what Twilio has and no webhook brought; print what each side has."""
    room = furnish(config.read(), with_models=False)
    counts = _caught_up(room, Bell(room.settings.redis_url), since)
    click.echo(f"{'':12}{'at Twilio':>10}{'here':>8}{'imported':>10}{'failed':>8}")
    for name in ("texts", "calls", "recordings"):
        side = getattr(counts, name)
        numbers = f"{side.at_twilio:>10,}{side.here:>8,}{side.imported:>10,}{side.failed:>8,}"
        click.echo(f"{name:12}{numbers}")
    click.echo(
        f"replies on their way: {counts.replies}\n"
        f"recordings to fetch again: {counts.fetched_again}\n"
        f"copies at Twilio to delete again: {counts.deleted_again}"
    )
    if counts.away:
        sys.exit(f"heard: not everything could be compared: {counts.away}.")


def _caught_up(room: Room, bell: Bell, since: datetime) -> Counts:
    """Waits where another is at work: after a crash its turn runs out, and nobody need watch."""
    told = partial(click.echo, err=True)
    try:
        while True:
            try:
                return catch_up_once(room, bell, since, told)
            except AlreadyAtWork as why:
                told(f"{why}; this one waits for its end")
                time.sleep(AGAIN)
    except OperationalError as why:
        sys.exit(f"heard: the database cannot be used ({type(why.orig).__name__}).")
