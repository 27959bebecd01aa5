"""The opening hours of `line.toml`: a week's times, bank holidays and closed days as data."""

import re
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Annotated, Literal

from pydantic import BeforeValidator

from dialogue.bank_holidays import Closed
from dialogue.frozen import Frozen
from hours import DAYS, LONDON, Hours, NeverOpen

Part = Literal["ENG", "WLS", "SCT", "NIR", "none"]


def _times(said: object) -> object:
    """ "9:00-17:00" -> the two times."""
    found = re.fullmatch(r"\s*(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)\s*", str(said))
    if not found:
        raise ValueError("write it as 9:00-17:00")
    start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if start >= end:
        raise ValueError("it closes before it opens")
    return start, end


Times = Annotated[tuple[time, time], BeforeValidator(_times)] | None


class Opening(Frozen):
    """`[opening]`: a day that is left out is closed."""

    mon: Times = None
    tue: Times = None
    wed: Times = None
    thu: Times = None
    fri: Times = None
    sat: Times = None
    sun: Times = None
    bank_holidays: Part = "ENG"
    closed: tuple[date, ...] = ()

    def week(self) -> dict[int, tuple[time, time]]:
        """The times of the days that are open, Monday 0."""
        times = {number: getattr(self, day) for number, day in enumerate(DAYS)}
        return {number: found for number, found in times.items() if found}

    def hours(self) -> Hours:
        """As arithmetic needs them."""
        part = None if self.bank_holidays == "none" else self.bank_holidays
        return Hours(self.week(), Closed(part, self.closed))

    def said(self) -> str:
        """As texts say them: "Mon-Fri 9-5, Sat 10-1.30"."""
        week = self.week()
        alike = [list(days) for _, days in groupby(range(7), key=week.get)]
        return ", ".join(
            f"{_days(days)} {_span(week[days[0]])}" for days in alike if days[0] in week
        )

    def said_at(self, at: datetime) -> str | None:
        """The next opening, as texts say it, where a day that is closed comes before it; else None.

        Whoever is told "Mon-Fri 9-5" on a bank holiday waits for somebody who is not there. So may
        who writes in the last hour of a day: for them it is over.
        """
        hours = self.hours()
        try:
            soon = at + LAST_HOUR if hours.open_at(at) else at
            opens, usually = hours.next_open(soon), Hours(self.week()).next_open(soon)
        except NeverOpen:
            return None
        day = opens.astimezone(LONDON)
        return f"from {day:%a} {day.day} {day:%b}" if opens != usually else None


LAST_HOUR = timedelta(hours=1)
LONGEST_DAY = "from Wed 30 Sep"
WEEKDAYS = Opening.model_validate(dict.fromkeys(DAYS[:5], "9:00-17:00"))


def _days(days: list[int]) -> str:
    first, last = DAYS[days[0]].title(), DAYS[days[-1]].title()
    return first if first == last else f"{first}-{last}"


def _span(times: tuple[time, time]) -> str:
    return "-".join(
        f"{(t.hour + 11) % 12 + 1}{f'.{t.minute:02}' if t.minute else ''}" for t in times
    )
