"""A storm: people text and ring while processes are killed; afterwards everything is counted.

Web, worker, clock and Redis run as the Procfile starts them and are killed with -9 at random;
webhooks are doubled, lost, late and out of order. The practice phone plays Twilio throughout.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from bench.crowd import Remembering, everybody, twilio
from bench.house import PROCESSES, House, answers, wait_for
from bench.tally import Report, count, unfinished
from practice.manners import Manners


def storm(
    house: House,
    texts: int,
    calls: int,
    seed: int,
    crash_database: Callable[[], None] | None = None,
) -> Report:
    """Run one storm in a house with a migrated database; the report says what does not agree.

    `crash_database` kills the database server and starts it again, where there is one.
    """
    dice = random.Random(seed)  # noqa: S311
    for name in ("redis", *PROCESSES):
        house.start(name)
    return through(
        house, texts, calls, dice, lambda report: _killing(house, report, dice, crash_database)
    )


def through(
    house: House,
    texts: int,
    calls: int,
    dice: random.Random,
    trouble: Callable[[Report], AbstractContextManager[None]],
) -> Report:
    """So many people text and ring a house that was started, through `trouble`; then it is counted.

    Whatever happens, the house is closed.
    """
    report, made = Report(), Remembering()
    phone = house.phone
    phone.manners = Manners(not_ready=1)
    phone.recordings = made
    try:
        with twilio(phone, house.phone_at):
            wait_for(lambda: answers(f"{house.env['PUBLIC_URL']}/readyz"), 60)
            with trouble(report):
                everybody(phone, texts, calls, dice)
            _settle(house, report)
            count(house, phone, made.sids, report)
    finally:
        house.close()
    return report


@contextmanager
def _killing(
    house: House, report: Report, dice: random.Random, crash_database: Callable[[], None] | None
) -> Iterator[None]:
    """Kill something every second or so, and start it again a moment later."""
    over = threading.Event()

    def reap() -> None:
        while not over.wait(dice.uniform(0.5, 1.5)):
            names = ["web", "worker", "worker", "clock", "redis"]
            name = dice.choice([*names, "database"] if crash_database else names)
            if crash_database and report.killed.total() == 1:
                name = "database"  # at least once, whatever the dice say
            report.killed[name] += 1
            if name == "database" and crash_database:
                crash_database()
                continue
            house.kill(name)
            time.sleep(dice.uniform(0.1, 0.6))
            house.start(name)

    reaper = threading.Thread(target=reap)
    reaper.start()
    try:
        yield
    finally:
        over.set()
        reaper.join()


def _settle(house: House, report: Report) -> None:
    """Quiet again: one catch-up, and time for what is left to be done."""
    wait_for(lambda: answers(f"{house.env['PUBLIC_URL']}/readyz"), 30)
    started = time.monotonic()
    caught = house.flask("catch-up", "--since", "1d")
    if caught.returncode:
        report.wrong.append(f"catch-up: {caught.stderr[-300:]}")
    wait_for(lambda: not unfinished(house), 240)
    report.settled_seconds = time.monotonic() - started
