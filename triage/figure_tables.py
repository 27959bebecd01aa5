"""The tables of the figures: what is counted, as it may be shown. Pure.

A number that would lead to a person is "*", and a percentage that goes with it "-", as the FFT's
publications write it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from triage import charts, figures, suppression
from triage.charts import Bar
from triage.figures import Cell

STAR, DASH = "*", "-"
Value = str | int
Groups = Mapping[str, Sequence[Cell]]  # the name of a unit -> its cells
Rows = Collection[str]  # names of units


@dataclass(frozen=True)
class Table:
    """One table with its chart, under its key. `legend`: kinds of pieces and their names."""

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    bars: Sequence[Bar] = ()
    legend: Mapping[str, str] = field(default_factory=dict)


def share(part: int, total: int) -> str:
    """A share as it is written; a dash of nothing."""
    found = suppression.percent(part, total)
    return DASH if found is None else f"{found}%"


def split(key: str, title: str, first: str, groups: Groups, shown: bool, telling: Rows = (),
          more: Mapping[str, Mapping[str, Value]] | None = None) -> Table:  # fmt: skip
    """Units that make up a whole: items and their share, ratings and what share is good or bad.

    `telling`: units whose answers would show somebody's (`figures.telling`). `more`: further
    columns, by name, of each unit. They are hidden with its ratings.
    """
    rated = {name: figures.answers(cells, "rating") for name, cells in groups.items()}
    hidden = _hidden({name: found.total() for name, found in rated.items()}, shown, telling)
    sizes = {name: figures.total(cells) for name, cells in groups.items()}
    whole, columns = sum(sizes.values()), more or {}
    rows = [
        [name, size, share(size, whole), rated[name].total(),
         *_good_bad(rated[name], name in hidden),
         *(STAR if suppression.few(size) else one.get(name, DASH) for one in columns.values())]
        for name, size in sizes.items()
    ]  # fmt: skip
    bars = charts.bars([(n, size, f"{size:,} ({share(size, whole)})") for n, size in sizes.items()])
    head = (first, "Items", "Share", "Rated", "Positive", "Negative", *columns)
    return Table(key, title, head, rows, bars=bars)


def spread(key: str, title: str, groups: Groups, name: str, options: Mapping[str, str],
           shown: bool, note: str = "", telling: Rows = ()) -> Table:  # fmt: skip
    """How many gave each answer: all together, then each unit. `options`: answers by name."""
    found = {unit: figures.answers(cells, name) for unit, cells in groups.items()}
    every = sum(found.values(), start=figures.answers((), name))
    total_hidden = not shown or suppression.few(every.total())
    totals = {unit: one.total() for unit, one in found.items()}
    hidden = _hidden(totals, not total_hidden, telling)
    rates = name in ("rating", "staff_rating")
    lines = {"All": every} if len(found) == 1 else {"All": every, **found}
    rows, bars = [], []
    for unit, one in lines.items():
        hide = total_hidden if unit == "All" else unit in hidden
        counts: list[Value] = [STAR if hide and one.total() else one[key] for key in options]
        rows.append([unit, one.total(), *counts, *(_good_bad(one, hide) if rates else ())])
        pieces = [] if hide else charts.stacked([(k, one[k]) for k in options], one.total())
        bars.append(Bar(unit, pieces, f"{one.total():,}"))
    head = ("", "Answers", *options.values(), *(("Positive", "Negative") if rates else ()))
    return Table(key, title, head, rows, note, bars, options)


def by_theme(counted: Mapping[str, Mapping[str, int]], items: int, names: Mapping[str, str],
             feelings: Mapping[str, str], shown: bool, telling: Rows = ()) -> Table:  # fmt: skip
    """Themes with how the words sound. An item may have several, so shares add up to more."""
    totals = {theme: sum(found.values()) for theme, found in counted.items()}
    order = sorted(totals, key=lambda theme: (-totals[theme], names[theme]))
    hidden = _hidden(totals, shown, telling)
    rows, bars = [], []
    for theme in order:
        one, hide = counted[theme], theme in hidden
        counts: list[Value] = [STAR if hide else one.get(key, 0) for key in feelings]
        rows.append([names[theme], totals[theme], share(totals[theme], items), *counts])
        pieces = (
            [] if hide else charts.stacked([(k, one.get(k, 0)) for k in feelings], totals[order[0]])
        )
        bars.append(Bar(names[theme], pieces, f"{totals[theme]:,}"))
    head = ("Theme", "Items", "Share of coded", *feelings.values())
    note = f"Of {items:,} items that people coded; an item may have up to five themes."
    return Table("themes", "Themes, and how the words sound", head, rows, note, bars, feelings)


def _hidden(totals: Mapping[str, int], shown: bool, telling: Rows) -> frozenset[str]:
    """The units whose answers are hidden: all of them where the view itself must not be shown."""
    names = list(totals)
    if not shown:
        return frozenset(names)
    places = [place for place, name in enumerate(names) if name in telling]
    return frozenset(names[n] for n in suppression.hidden(list(totals.values()), places))


def _good_bad(answers: Mapping[str, int], hide: bool) -> tuple[str, str]:
    if hide:
        return DASH, DASH
    both = (suppression.positive(answers), suppression.negative(answers))
    return tuple(DASH if one is None else f"{one}%" for one in both)  # type: ignore[return-value]
