"""`reseal`: seal with the newest of SEALING_KEYS whatever an older one still opens."""

import sys
import time

import click

import config
from commands.errors import plain_errors
from store import reseal as rows
from store.database import Database
from store.recordings import Recordings, StoreAway
from store.seal import Seal
from store.spool import Spool

# While a process still seals with the old key there is always something left: it is named.
MOST_ROUNDS = 5


@click.command()
@plain_errors
def reseal() -> None:
    """Go through rows, sound and spool until nothing needs an older key; then say so."""
    settings = config.read()
    seal = Seal(settings.sealing_keys, settings.join_key)
    database = Database(settings.database_url)
    try:
        audio = Recordings(settings.recordings_url, seal)
        for number in range(1, MOST_ROUNDS + 1):
            found = _round(settings, database, audio, seal, number)
            if found.lost:
                sys.exit(f"heard: {found.lost} things are opened by none of SEALING_KEYS: "
                         "put the key that sealed them back into it.")  # fmt: skip
            if not found.old:
                click.echo("nothing needs an older key: it may be dropped, once every web, worker "
                           "and clock runs with the new one first")  # fmt: skip
                return
    except StoreAway as why:
        sys.exit(f"heard: the place for audio cannot be used ({why}). Run this again.")
    sys.exit("heard: somebody still seals with an older key: restart every web, worker and clock "
             "with the new one first, then run this again.")  # fmt: skip


def _round(
    settings: config.Settings, database: Database, audio: Recordings, seal: Seal, number: int
) -> rows.Count:
    bar = _Bar(number)
    parts = [
        rows.rows(database, seal, bar),
        rows.sounds(database, audio, seal, bar),
        rows.spooled(Spool(settings.spool, seal), seal),
    ]
    click.echo("", err=True)
    whole = rows.Count(*(sum(getattr(p, n) for p in parts) for n in ("old", "new", "lost")))
    click.echo(f"round {number}: {whole.new:,} sealed anew, {whole.lost:,} that no key opens")
    return whole


class _Bar:
    """One line on the screen that says how far a round is."""

    def __init__(self, number: int) -> None:
        self._number, self._count, self._shown = number, 0, 0.0

    def __call__(self, what: str, more: int) -> None:
        self._count += more
        if time.monotonic() - self._shown > 0.2:
            click.echo(f"\rround {self._number}: {self._count:,} looked at, {what}   ",
                       nl=False, err=True)  # fmt: skip
            self._shown = time.monotonic()
