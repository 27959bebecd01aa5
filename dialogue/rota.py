"""Who is told when something cannot wait, in which order, and where nobody would be. Pure.

The numbers and addresses of colleagues stay in `line.toml`: they are never logged, nor in a URL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from pydantic import Field, model_validator

from dialogue.frozen import Frozen
from hours import DAYS, LONDON, Hours

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
When = Literal["open", "closed"]
EVERY_DAY: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Told again when nobody on the list answered (facts: care.md 5, a named lead and deputy).
LOOK_AFTER = ("lead", "deputy")
MOST = 2
STEP = timedelta(minutes=15)
DAYS_AHEAD = 35  # a part-timer's next shift after Christmas, somebody's month of leave


class Leave(Frozen):
    """Days away, the last one included."""

    since: date = Field(alias="from")
    until: date


class Person(Frozen):
    """A colleague. `when`: in opening hours, outside them, or both. A night is of two days."""

    name: str = Field(min_length=1, max_length=80)
    role: Literal["duty", "deputy", "lead"]
    phone: str | None = Field(default=None, pattern=r"^\+[1-9]\d{7,14}$")
    email: str | None = Field(default=None, pattern=r"^[^@\s,<>]+@[^@\s,<>]+$")
    days: tuple[Day, ...] = EVERY_DAY
    when: tuple[When, ...] = ("open", "closed")
    leave: tuple[Leave, ...] = ()

    @model_validator(mode="after")
    def _can_be_told(self) -> "Person":
        if self.phone is None and self.email is None:
            raise ValueError("give a phone, an email, or both")
        return self

    def here(self, day: date) -> bool:
        """Not on leave."""
        return not any(leave.since <= day <= leave.until for leave in self.leave)


class Rota(Frozen):
    """`[rota]`: the people in the order in which they are told, and how long each is waited for."""

    sender: str | None = Field(default=None, pattern=r"^\+[1-9]\d{7,14}$")
    escalate_minutes: int = Field(default=10, ge=1, le=60)
    test: time | None = None
    test_minutes: int = Field(default=60, ge=5, le=480)
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Gap:
    """A stretch of time in which nobody is on. `told`: lead or deputy are told, though off."""

    start: datetime
    end: datetime
    open: bool
    told: bool


def on(rota: Rota, hours: Hours, at: datetime) -> list[Person]:
    """Who is on at a moment, in their order."""
    day = at.astimezone(LONDON).date()
    when: When = "open" if hours.open_at(at) else "closed"
    return [
        person
        for person in rota.people
        if DAYS[day.weekday()] in person.days and when in person.when and person.here(day)
    ]


def next_person(rota: Rota, hours: Hours, at: datetime, told: Sequence[str]) -> Person | None:
    """Whom to tell after those who did not answer: the list, then lead and deputy again."""
    fresh = [person for person in on(rota, hours, at) if person.name not in told]
    if fresh:
        return fresh[0]
    day = at.astimezone(LONDON).date()
    last = [person for person in rota.people if person.role in LOOK_AFTER and person.here(day)]
    left = [person for person in last if told.count(person.name) < MOST]
    return min(left, key=lambda person: told.count(person.name), default=None)


def comes_on(
    rota: Rota, hours: Hours, now: datetime, told: Sequence[str], opening: bool
) -> datetime | None:
    """When somebody is on next who was not told yet; `opening`: in opening hours only."""
    left = tuple(person for person in rota.people if person.name not in told)
    if not left:
        return None
    rest = rota.model_copy(update={"people": left})
    for at in _steps(now + STEP, DAYS_AHEAD):
        if opening and not hours.open_at(at):
            continue
        if on(rest, hours, at):
            return at
    return None


def gaps(rota: Rota, hours: Hours, since: datetime, days: int) -> Iterator[Gap]:
    """Where nobody is on, from a moment on; each as long as it lasts, opening hours apart."""
    found: Gap | None = None
    for at in _steps(since, days):
        gap = None if on(rota, hours, at) else _gap(rota, hours, at)
        if found and gap and (found.open, found.told) == (gap.open, gap.told):
            found = replace(found, end=gap.end)
            continue
        if found:
            yield found
        found = gap
    if found:
        yield found


def _gap(rota: Rota, hours: Hours, at: datetime) -> Gap:
    told = next_person(rota, hours, at, ()) is not None
    return Gap(at, at + STEP, hours.open_at(at), told)


def _steps(since: datetime, days: int) -> Iterator[datetime]:
    """Each quarter of an hour, from the one that it is."""
    since = since.replace(minute=since.minute // 15 * 15, second=0, microsecond=0)
    for number in range(days * (timedelta(days=1) // STEP)):
        yield since + number * STEP
