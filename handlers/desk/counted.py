"""The tables of the figures page: asked of the rows once, counted, as each may be shown."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from handlers.desk.coded_words import FEELINGS
from handlers.desk.counted_places import by_place
from handlers.desk.counted_staff import flags, times
from handlers.desk.figure_filters import Asked, Labels
from handlers.desk.filters import choices
from handlers.house import house
from store import figures as rows
from triage import figure_tables as tables
from triage import figures
from triage.figure_tables import Table, Value
from triage.figures import Answered, Cell

# Of a question, a side and its names: the rows that would show what 1 to 4 people answered.
Telling = Callable[[str, str, Mapping[str, str]], set[str]]
TITLES = {
    "service": ("By service", "Service"),
    "channel": ("By how it came", "Came by"),
    "language": ("By language", "Language"),
    "about": ("By who the care was for", "Who for"),
    "line": ("By line", "Line"),
}
FFT = (
    "Asked: “Overall, how was your experience of the service?” Positive is very good and good, "
    "negative is poor and very poor, of all answers. FFT-style: this is not the NHS Friends and "
    "Family Test."
)
SENTIMENT = (
    "Set by people who read or heard the words. A good rating often stands beside critical words, "
    "so the two are counted apart."
)
OURS = "Given by staff where nobody else rated it. Never added to what people answered themselves."


def counted(
    session: Session, asked: Asked, listed: Labels, now: datetime, lead: bool
) -> list[Table]:
    """Every table, in the order of the page."""
    every = [Cell._make(row) for row in rows.cells(session, asked.wanted)]
    cells = figures.kept(every, asked.filters)
    shown = {
        name: not figures.telling(figures.answered(every, asked.filters, name))
        for name in ("rating", "sentiment", "staff_rating")
    }
    telling = partial(_telling, every, asked.filters)
    found = _sides(session, asked, listed, cells, shown["rating"], telling)
    found += _answers(cells, listed, shown, telling)
    found.append(_themes(session, asked, shown["sentiment"]))
    found.append(by_place(session, asked, shown["rating"]))
    found.append(times(session, asked, figures.total(cells), now))
    if lead:
        found.append(flags(session, asked))
    return [table for table in found if table.rows]


def _telling(
    every: list[Cell], filters: figures.Filters, name: str, side: str, said: Mapping[str, str]
) -> set[str]:
    some = figures.telling(figures.answered(every, filters, name, side))
    return {row_name(value, said) for value in some}


def _sides(
    session: Session, asked: Asked, listed: Labels, cells: list[Cell], shown: bool, telling: Telling
) -> list[Table]:
    months = {key: f"{span[0]:%B %Y}" for key, span in asked.period.months.items()}
    found = [
        tables.split("month", "By month", "Month", groups(cells, "month", months), shown,
                     telling("rating", "month", months))
    ]  # fmt: skip
    for name, (title, first) in TITLES.items():
        some = groups(cells, name, listed[name])
        if name == "line" and len(some) < 2:
            continue
        more = (
            {"From the same phones": _phones(session, asked, listed)} if name == "service" else {}
        )
        tell = telling("rating", name, listed[name])
        found.append(tables.split(name, title, first, some, shown, tell, more))
    return found


def _answers(
    cells: list[Cell], listed: Labels, shown: Mapping[str, bool], telling: Telling
) -> list[Table]:
    ratings, by_service = choices()["rating"], groups(cells, "service", listed["service"])
    return [
        tables.spread(key, title, by_service, name, options, shown[name], note,
                      telling(name, "service", listed["service"]))
        for key, title, name, options, note in (
            ("rating", "How they rated it", "rating", ratings, FFT),
            ("sentiment", "How the words sound", "sentiment", FEELINGS, SENTIMENT),
            ("our-rating", "Our own ratings", "staff_rating", ratings, OURS),
        )
    ]  # fmt: skip


def groups(cells: list[Cell], name: str, said: Mapping[str, str]) -> dict[str, list[Cell]]:
    """The cells by one side, under its names."""
    found = figures.by(cells, name, tuple(said))
    return {
        row_name(value, said): some for value, some in found.items() if some or value is not None
    }


def row_name(value: object, said: Mapping[str, str]) -> str:
    """How a row of one side is called. What nobody said is "Not known"."""
    return "Not known" if value is None else said.get(str(value), str(value))


def _phones(session: Session, asked: Asked, listed: Labels) -> Mapping[str, Value]:
    sizes: dict[str, list[tuple[int, int]]] = {}
    for service, size, many in rows.phones(session, asked.wanted):
        name = "Not known" if service is None else listed["service"].get(service, service)
        sizes.setdefault(name, []).append((size, many))
    return {name: same_phones(*figures.phones(some)) for name, some in sizes.items()}


def same_phones(items: int, several: int, phones: int) -> str:
    """How much of it comes from few: 7 of 12 from 2 phones."""
    if not several:
        return "None"
    return f"{several:,} of {items:,} from {phones:,} phone{'' if phones == 1 else 's'}"


def _themes(session: Session, asked: Asked, shown: bool) -> Table:
    counts: dict[str, Counter[str]] = {}
    every: list[Answered] = []
    items = 0
    for month, listed, feeling, fits, n in rows.themes(session, asked.wanted):
        themes = json.loads(listed)
        every += [Answered(theme, month, figures.lacks(fits), n) for theme in themes]
        if not all(fits):
            continue
        items += n
        for theme in themes:
            counts.setdefault(theme, Counter())[feeling] += n
    names = {theme: house().taxonomy.name(theme) for theme in counts}
    telling = [str(theme) for theme in figures.telling(every)]
    return tables.by_theme(counts, items, names, FEELINGS, shown, telling)
