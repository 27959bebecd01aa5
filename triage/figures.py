"""Counting what people said: cells of equal items, kept, grouped and added up. Pure."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from hours import Hours, NeverOpen
from triage.suppression import tells


class Cell(NamedTuple):
    """Items that are alike in all that is counted, and how many they are.

    `here`: they are about the provider and place that is asked for, if one is.
    """

    month: str
    service: str | None
    channel: str | None
    language: str | None
    about: str | None
    line: str | None
    rating: str | None
    sentiment: str | None
    staff_rating: str | None
    here: bool
    n: int


Filters = Mapping[str, object]  # a field of Cell -> the value that is asked for
ANY = "any"  # what all of a view's filters leave out together


def kept(cells: Iterable[Cell], filters: Filters) -> list[Cell]:
    """The cells that fit every filter."""
    return [c for c in cells if all(getattr(c, name) == v for name, v in filters.items())]


def total(cells: Iterable[Cell]) -> int:
    """How many items these are."""
    return sum(cell.n for cell in cells)


def by(
    cells: Iterable[Cell], name: str, order: Sequence[str | None]
) -> dict[str | None, list[Cell]]:
    """The cells by one field: in this order, then whatever else there is, nothing last."""
    found: dict[str | None, list[Cell]] = {value: [] for value in order}
    for cell in cells:
        found.setdefault(getattr(cell, name), []).append(cell)
    found[None] = found.pop(None, [])
    return {value: some for value, some in found.items() if some or value in order}


def answers(cells: Iterable[Cell], name: str) -> Counter[str]:
    """How many items have each value of a field; those that have none are not counted."""
    found: Counter[str] = Counter()
    for cell in cells:
        value = getattr(cell, name)
        if value is not None:
            found[value] += cell.n
    return found


class Answered(NamedTuple):
    """How many of a row answered in a month, alike in which of a view's filters they do not fit."""

    row: Hashable
    month: str
    lacks: tuple[int, ...]
    n: int


def lacks(fits: Iterable[object]) -> tuple[int, ...]:
    """Which of a view's filters an item does not fit, by their places."""
    return tuple(place for place, fit in enumerate(fits) if not fit)


def answered(
    cells: Iterable[Cell], filters: Filters, name: str, side: str | None = None
) -> Iterator[Answered]:
    """Who answered a question, by the row of a side that they stand in; all in one row without."""
    for cell in cells:
        if getattr(cell, name) is not None:
            row = None if side is None else getattr(cell, side)
            fits = (getattr(cell, field) == value for field, value in filters.items())
            yield Answered(row, cell.month, lacks(fits), cell.n)


def telling(every: Iterable[Answered]) -> set[Hashable]:
    """The rows of a view that would show what 1 to 4 people answered: beside their own months, or
    beside the same row of a view with a filter less, or with none. `every`: without filters.
    """
    left: defaultdict[tuple[Hashable, object], Counter[str]] = defaultdict(Counter)
    for row, month, lack, n in every:
        if len(lack) < 2:
            left[row, lack][month] += n
        if lack:
            left[row, ANY][month] += n
    return {row for (row, _), months in left.items() if tells(months)}


def phones(sizes: Iterable[tuple[int, int]]) -> tuple[int, int, int]:
    """(items of a phone, how many such) -> items, those of phones with several, such phones."""
    known = list(sizes)
    several = [(size, many) for size, many in known if size > 1]
    return (
        sum(size * many for size, many in known),
        sum(size * many for size, many in several),
        sum(many for _, many in several),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that this share of all does not exceed (nearest rank); None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)] if ordered else None


def working(hours: Hours, since: datetime, until: datetime) -> Callable[[datetime], timedelta]:
    """A clock that runs in opening hours only, from `since` to `until`: moment -> its reading.

    The difference of two readings is `hours.between` of them, without a walk through every day.
    """
    starts, read = [since], [timedelta()]
    spans: list[timedelta] = [timedelta()]
    at = since
    try:
        while at < until:
            start, end = hours.next_open(at), hours.closes(at)
            starts.append(start)
            read.append(read[-1] + spans[-1])
            spans.append(end - start)
            at = end
    except NeverOpen:
        pass

    def reading(moment: datetime) -> timedelta:
        n = max(0, bisect_right(starts, moment) - 1)
        return read[n] + min(max(moment - starts[n], timedelta()), spans[n])

    return reading
