"""What is done now and then, by a worker, when the clock rings for it: nothing here is swept."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from store import rounds
from store.queue import CATCH_UP, CHECK_NUMBERS, CONTACT, Bell
from workers import catch_up as catching_up
from workers import twilio_setup
from workers.room import Room
from workers.setup_findings import WRONG

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Errand:
    """One of them. `done`: the round that a worker writes; `rung`: since when that is waited for.

    `again`: how long after a ring that nobody answered it is rung for once more.
    """

    job: str
    done: str
    rung: str
    every: timedelta
    again: timedelta
    at_start: bool = False


# Twilio's lists lag behind by minutes, and a call may be an hour long before it is recorded.
OVERLAP, FIRST = timedelta(hours=3), timedelta(days=2)
HOURLY, DAILY = timedelta(hours=1), timedelta(days=1)
ERRANDS = (
    Errand(CONTACT, rounds.CONTACT, rounds.CONTACT_RUNG, HOURLY, timedelta(minutes=5)),
    Errand(CATCH_UP, rounds.CATCH_UP, rounds.CATCH_UP_RUNG, HOURLY, timedelta(minutes=10), True),
    Errand(CHECK_NUMBERS, rounds.NUMBERS, rounds.NUMBERS_RUNG, DAILY, timedelta(minutes=10)),
)


def is_due(
    errand: Errand, last: Mapping[str, datetime], here: datetime | None, now: datetime
) -> bool:
    """Whether to ring, from when it last ran and when this clock rang last. Pure."""
    if errand.at_start and here is None:
        return True
    if answered(errand, last):
        return now - last[errand.rung] >= errand.every
    return here is None or now - here >= errand.again


def answered(errand: Errand, last: Mapping[str, datetime]) -> bool:
    """Whether the last ring was answered; before the first there is nothing to answer."""
    rung, done = last.get(errand.rung), last.get(errand.done)
    return rung is not None and done is not None and done >= rung


class Errands:
    """Rings for each errand in its time. Which ring was this clock's own, it remembers."""

    def __init__(self, all_of_them: tuple[Errand, ...] = ERRANDS) -> None:
        self._all = all_of_them
        self._here: dict[str, datetime] = {}

    def ring(self, room: Room, bell: Bell) -> None:
        """Ring for what is due. A ring that the queue did not take is tried again at the next."""
        with room.database.reading() as session:
            last = rounds.last(session)
        for errand in self._all:
            now = room.now()
            if not is_due(errand, last, self._here.get(errand.job), now):
                continue
            if answered(errand, last) or errand.rung not in last:
                # Before the ring: a worker may answer at once. While nobody does, it stays.
                with room.database.writing() as session:
                    rounds.ran(session, errand.rung, now)
            if bell.ring(errand.job, 0):
                self._here[errand.job] = now


def catch_up(room: Room) -> None:
    """Compare with Twilio since the last time and an overlap; the first time, two days back."""
    with room.database.reading() as session:
        last = rounds.last(session).get(rounds.CATCH_UP)
    since = last - OVERLAP if last else room.now() - FIRST
    bell = Bell(room.settings.redis_url)
    try:
        catching_up.catch_up(room, bell, since)
    except catching_up.AlreadyAtWork as why:
        log.info("no catch-up: %s", why)


def check_numbers(room: Room) -> None:
    """What Twilio has been told about our numbers; how much of it is wrong is kept."""
    if not (room.script.line.numbers or room.settings.production):
        found, asked = [], True
    else:
        found = twilio_setup.check(room.settings, room.script)
        asked = not any(finding.words.startswith("not checked") for finding in found)
    if not asked:
        log.warning("Twilio could not be asked about our numbers")
        return
    wrong = sum(finding.level == WRONG for finding in found)
    with room.database.writing() as session:
        rounds.ran(session, rounds.NUMBERS, room.now(), {"wrong": wrong})
