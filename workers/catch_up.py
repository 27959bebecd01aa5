"""Catches up with Twilio: what it has and no webhook brought comes in now, oldest first."""

import logging
import os
import secrets
import socket
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import DataError, IntegrityError

from store import rounds, turns
from store.queue import Bell
from workers.carrier import TwilioAway
from workers.catch_up_counts import NAMES, Counts
from workers.catch_up_door import let_in
from workers.catch_up_looking import missing
from workers.listed import KINDS, Day, Listed, days
from workers.room import Room

# Renewed before every try of a page and every fifty imports: 115 s apart at the most (connecting,
# a whole page, and the pause after it). What a killed catch-up held is free again soon after.
LEASE = timedelta(minutes=2)
OFTEN = 50

BROKEN_OFF = "catch-up broken off"

Progress = Callable[[str], None]

log = logging.getLogger(__name__)


class AlreadyAtWork(Exception):
    """Another catch-up is under way: two at once would only do everything twice."""


def catch_up(room: Room, bell: Bell, since: datetime, progress: Progress | None = None) -> Counts:
    """Everything that Twilio has since then, day by day. `away` on the counts says what it lacks.

    Raises AlreadyAtWork. What was imported stays, whatever happens after it.
    """
    run = Run(room, bell, progress or log.debug)
    run.renew()
    try:
        for day in days(since, room.now()):
            run.catch(day)
        run.keep()
    finally:
        run.leave()
    return run.counts


class Run:
    """One catch-up. A kind that Twilio cannot list is left alone; the others go on."""

    def __init__(self, room: Room, bell: Bell, progress: Progress) -> None:
        self.counts = Counts()
        self._room, self._bell, self._progress = room, bell, progress
        self._kinds = list(KINDS)
        self._me = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"

    def catch(self, day: Day) -> None:
        """One day: what is missing of all kinds, in the order in which it was said."""
        found = [one for kind in tuple(self._kinds) for one in self._missing(kind, day)]
        for number, one in enumerate(sorted(found, key=lambda one: one.at), 1):
            self._import(one)
            if number % OFTEN == 0:
                self._tell(day, f"{number:,} of {len(found):,} missing looked at")
        self._tell(day, f"{self.counts.imported:,} imported so far")

    def renew(self) -> None:
        """Hold on to the turn. Raises AlreadyAtWork."""
        now = self._room.now()
        with self._room.database.writing() as session:
            mine = turns.take(session, rounds.CATCH_UP, self._me, now, LEASE)
        if not mine:
            raise AlreadyAtWork("another catch-up is under way")

    def leave(self) -> None:
        """Another may begin at once."""
        with self._room.database.writing() as session:
            turns.leave(session, rounds.CATCH_UP, self._me, self._room.now())

    def keep(self) -> None:
        """Write down what was counted; a round that broke off does not pass for a whole one."""
        name = BROKEN_OFF if self.counts.away else rounds.CATCH_UP
        with self._room.database.writing() as session:
            rounds.ran(session, name, self._room.now(), self.counts.numbers())

    def _missing(self, kind: str, day: Day) -> list[Listed]:
        """What of one list is not here, as far as the list could be read."""
        found: list[Listed] = []
        try:
            for page in self._room.carrier.lists.pages(kind, day.filters(kind), self.renew):
                found += missing(self._room, self._bell, self.counts, kind, day, page)
                side = self.counts.of(kind)
                self._tell(day, f"{NAMES[kind]}: {side.at_twilio:,} at Twilio, {side.here:,} here")
        except TwilioAway as why:
            self._kinds.remove(kind)
            self.counts.away = f"{NAMES[kind]} of {day.day}: {why}"
            log.warning("catch-up: %s", self.counts.away)
        return found

    def _import(self, one: Listed) -> None:
        side = self.counts.of(one.kind)
        try:
            let_in(self._room, self._bell, self.counts, one)
        except TwilioAway as why:
            side.failed += 1
            self.counts.away = f"the call of a recording: {why}"
        except (DataError, IntegrityError) as why:
            # One that does not fit must not keep the rest out; its SID says which to look at.
            side.failed += 1
            log.error("catch-up: %s could not be kept (%s)", one.sid, type(why).__name__)

    def _tell(self, day: Day, words: str) -> None:
        self.renew()
        self._progress(f"{day.day}: {words}")
