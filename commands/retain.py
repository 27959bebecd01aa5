"""`retain`: remove what the line may keep no longer. The clock does it by itself, once a day."""

from collections import Counter
from datetime import timedelta

import click

import config
from commands.errors import plain_errors
from triage.going import going, others
from workers.retaining import retain as remove
from workers.room import Room, furnish

MOST = 100_000  # of a kind: more than this is counted as this


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go; remove nothing.")
@click.option("--ahead", default=0, type=click.IntRange(0), help="With --dry-run: days ahead.")
@plain_errors
def retain(dry_run: bool, ahead: int) -> None:
    """Apply the periods of line.toml; print how much of each kind went, and what is left to go."""
    room = furnish(config.read(), with_models=False)
    if not dry_run:
        for kind, count in sorted(remove(room).items()):
            click.echo(f"removed, {kind}: {count}")
    left = counts(room, ahead if dry_run else 0)
    for kind, count in sorted(left.items()):
        click.echo(f"to go{f' in {ahead} days' if dry_run and ahead else ''}, {kind}: {count}")
    if not left:
        click.echo("nothing is kept beyond its time")


def counts(room: Room, ahead: int) -> Counter[str]:
    """How much of each kind is over its time on that day, holds left out."""
    by = room.now() + timedelta(days=ahead)
    with room.database.reading() as session:
        periods = room.script.line.retention.periods
        found = Counter(str(one.until.kind) for one in going(session, periods, by))
        return found + others(session, periods, [by], MOST)[0]
