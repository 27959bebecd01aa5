"""The weeks, months and closed hours that are counted by: London's calendar. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hours import LONDON, Hours, NeverOpen

Span = tuple[datetime, datetime]
QUARTER, YEAR = 3, 12  # months; a year is the NHS's, from April, so that four quarters fill it
A_WEEK = timedelta(days=7)
LONGEST_CLOSED = timedelta(days=30)  # no holiday is longer; beyond it, the queue says what is open


@dataclass(frozen=True)
class Period:
    """A month, a quarter or a year: `months` by key (2026-11), those that have begun."""

    name: str
    since: str
    until: str
    months: Mapping[str, Span]


def last_week(now: datetime) -> tuple[str, Span]:
    """The week that is over, as 2026-W47, with its beginning and end."""
    today = now.astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    return week_name(monday - A_WEEK), (_midnight(monday - A_WEEK), _midnight(monday))


def weeks(now: datetime, how_many: int) -> Sequence[str]:
    """The names of the weeks that are over, the latest first."""
    day = now.astimezone(LONDON).date()
    return [week_name(day - A_WEEK * n) for n in range(1, how_many + 1)]


def week_name(day: date) -> str:
    """The ISO week of a day: 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def months(now: datetime, how_many: int) -> Mapping[str, Span]:
    """This month and those before it, the latest first: November 2026 -> its beginning and end."""
    first = now.astimezone(LONDON).date().replace(day=1)
    found: dict[str, Span] = {}
    for _ in range(how_many):
        after = (first + timedelta(days=32)).replace(day=1)
        found[f"{first:%B %Y}"] = (_midnight(first), _midnight(after))
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def fixed(now: datetime, back: int) -> Mapping[str, Sequence[Period]]:
    """Every month of the last `back`, and the quarters and years that they lie in: latest first.

    Each lies wholly in the next larger one, and no two of a kind share a day: so what one of them
    shows, taken from another, is never a stretch of days that was not looked at by itself.
    """
    today = now.astimezone(LONDON).date()
    latest = today.year * YEAR + today.month - 1
    some = range(latest, latest - back, -1)
    starts = {
        "Months": (1, some),
        "Quarters": (QUARTER, [n - n % QUARTER for n in some]),
        "Years": (YEAR, [n - (n - QUARTER) % YEAR for n in some]),
    }
    return {
        kind: [_period(start, size, latest) for start in dict.fromkeys(found)]
        for kind, (size, found) in starts.items()
    }


def _period(start: int, size: int, latest: int) -> Period:
    first, last = _first(start), _first(start + size - 1)
    year = f" {first.year}" if first.year != last.year else ""
    name = f"{first:%B}{year} to {last:%B %Y}" if size > 1 else f"{first:%B %Y}"
    begun = range(start, min(start + size - 1, latest) + 1)
    months = {f"{_first(n):%Y-%m}": (_midnight(_first(n)), _midnight(_first(n + 1))) for n in begun}
    so_far = ", so far" if start + size - 1 >= latest else ""
    return Period(name + so_far, f"{first:%Y-%m}", f"{last:%Y-%m}", months)


def _first(number: int) -> date:
    """The first day of a month by its number since the year 0."""
    return date(number // YEAR, number % YEAR + 1, 1)


def closed_since(hours: Hours, now: datetime) -> datetime:
    """When we last closed: on a Monday morning, Friday evening."""
    at = now - LONGEST_CLOSED
    try:
        while (end := hours.closes(at)) <= now:
            at = end
    except NeverOpen:
        return at
    return at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
