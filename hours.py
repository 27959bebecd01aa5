"""When people are here: the opening hours of a week, less bank holidays and closed days. Pure.

Used for what is promised in working hours (due times), for whom an alert may call, and for when
"when we open" is. All moments have a zone; opening hours are wall-clock time in Europe/London.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
Span = tuple[datetime, datetime]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A line with no opening day in this many days has wrong hours, not a long holiday.
LOOK_AHEAD = 366


class NeverOpen(Exception):
    """No opening hour was found within a year: the hours or closed days are wrong."""


@dataclass(frozen=True)
class Hours:
    """Opening times by weekday (Monday is 0), and the dates that are closed nevertheless."""

    week: Mapping[int, tuple[time, time]]
    closed: Container[date] = field(default_factory=frozenset)
    # A queue page asks about the same weeks for each of its items.
    worked_out: dict[date, Span | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def open_at(self, at: datetime) -> bool:
        """Whether somebody is here at this moment."""
        start, end = next(self._spans(at), (None, None))
        return start is not None and end is not None and start <= at < end

    def next_open(self, at: datetime) -> datetime:
        """`at` itself while open, else the next opening. Raises NeverOpen."""
        return max(self._next(at)[0], at)

    def closes(self, at: datetime) -> datetime:
        """The end of the opening that is under way, or of the next. Raises NeverOpen."""
        return self._next(at)[1]

    def after(self, at: datetime, working: timedelta) -> datetime:
        """The moment when `working` time has passed since `at`, counting opening hours only."""
        left, now = working, at
        while True:
            start, end = self._next(now)
            start = max(start, now)
            if start + left <= end:
                return start + left
            left -= end - start
            now = end

    def between(self, since: datetime, until: datetime) -> timedelta:
        """How much opening time lies between two moments; none when they are the wrong way."""
        worked = timedelta()
        for start, end in self._spans(since):
            if start >= until:
                break
            worked += max(timedelta(), min(end, until) - max(start, since))
        return worked

    def longest_day(self) -> timedelta:
        """What counts as a working day: the week's longest opening; round the clock without one."""
        lengths = [
            timedelta(hours=end.hour - start.hour, minutes=end.minute - start.minute)
            for start, end in self.week.values()
        ]
        return max(lengths, default=timedelta(days=1))

    def _next(self, at: datetime) -> Span:
        found = next(self._spans(at), None)
        if found is None:
            raise NeverOpen("no opening hours within a year")
        return found

    def _spans(self, at: datetime) -> Iterator[Span]:
        """The openings that end after `at`, in UTC, a day each."""
        day, quiet = at.astimezone(LONDON).date(), 0
        while quiet <= LOOK_AHEAD:
            span = self._span(day)
            quiet += 1
            if span and span[1] > at:
                quiet = 0
                yield span
            day += timedelta(days=1)

    def _span(self, day: date) -> Span | None:
        if day not in self.worked_out:
            self.worked_out[day] = self._work_out(day)
        return self.worked_out[day]

    def _work_out(self, day: date) -> Span | None:
        times = self.week.get(day.weekday())
        if times is None or day in self.closed:
            return None
        start, end = (datetime.combine(day, t, LONDON).astimezone(UTC) for t in times)
        return start, end
