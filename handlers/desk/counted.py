"""The tables of the figures page: asked of the rows once, counted, as each may be shown."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.desk.coded_words import FEELINGS
from handlers.desk.counted_staff import flags, times
from handlers.desk.figure_filters import Asked, Labels
from handlers.desk.filters import choices
from handlers.house import house
from store import figures as rows
from store import providers
from store.provider_rows import Provider
from triage import figure_tables as tables
from triage import figures, suppression
from triage.figure_tables import Table, Value
from triage.figures import Cell

LISTED = 20
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
        name: not figures.tells_on_others(every, asked.filters, name)
        and not figures.tells_of_months(cells, name)
        for name in ("rating", "sentiment", "staff_rating")
    }
    found = _sides(session, asked, listed, cells, shown["rating"])
    found += _answers(cells, listed, shown)
    found.append(_themes(session, asked, shown["sentiment"]))
    found.append(_providers(session, asked, shown["rating"]))
    found.append(times(session, asked, figures.total(cells), now))
    if lead:
        found.append(flags(session, asked))
    return [table for table in found if table.rows]


def _sides(
    session: Session, asked: Asked, listed: Labels, cells: list[Cell], shown: bool
) -> list[Table]:
    months = {key: f"{span[0]:%B %Y}" for key, span in asked.period.months.items()}
    found = [tables.split("month", "By month", "Month", groups(cells, "month", months), shown)]
    for name, (title, first) in TITLES.items():
        some = groups(cells, name, listed[name])
        if name == "line" and len(some) < 2:
            continue
        more = (
            {"From the same phones": _phones(session, asked, listed)} if name == "service" else {}
        )
        found.append(tables.split(name, title, first, some, shown, more))
    return found


def _answers(cells: list[Cell], listed: Labels, shown: Mapping[str, bool]) -> list[Table]:
    ratings, by_service = choices()["rating"], groups(cells, "service", listed["service"])
    return [
        tables.spread("rating", "How they rated it", by_service, "rating", ratings,
                      shown["rating"], FFT),
        tables.spread("sentiment", "How the words sound", by_service, "sentiment", FEELINGS,
                      shown["sentiment"], SENTIMENT),
        tables.spread("our-rating", "Our own ratings", by_service, "staff_rating", ratings,
                      shown["staff_rating"], OURS),
    ]  # fmt: skip


def groups(cells: list[Cell], name: str, said: Mapping[str, str]) -> dict[str, list[Cell]]:
    """The cells by one side, under its names. What nobody said is "Not known"."""
    found = figures.by(cells, name, tuple(said))
    return {
        "Not known" if value is None else said.get(value, value): some
        for value, some in found.items()
        if some or value is not None
    }


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
    months: dict[str, Counter[str]] = {}
    items = 0
    for month, listed, feeling, n in rows.themes(session, asked.wanted):
        items += n
        for theme in json.loads(listed):
            counts.setdefault(theme, Counter())[feeling] += n
            months.setdefault(theme, Counter())[month] += n
    names = {theme: house().taxonomy.name(theme) for theme in counts}
    telling = [theme for theme, found in months.items() if suppression.tells(found)]
    return tables.by_theme(counts, items, names, FEELINGS, shown, telling)


def _providers(session: Session, asked: Asked, shown: bool) -> Table:
    """The places that most of it is about; the rest in one line, so that the lines add up."""
    found: dict[str | None, list[Cell]] = {}
    for month, number, rating, n in rows.by_provider(session, asked.wanted):
        cell = Cell(month, None, None, None, None, None, rating, None, None, True, n)
        found.setdefault(number, []).append(cell)
    none = found.pop(None, [])
    order = sorted(found, key=lambda number: (-figures.total(found[number]), str(number)))
    names = providers.by_ids(session, [number for number in order[:LISTED] if number])
    listed = {_named(number, names): found[number] for number in order[:LISTED]}
    rest = [cell for number in order[LISTED:] for cell in found[number]]
    more = {"All other places": rest, "No place chosen": none}
    listed |= {name: cells for name, cells in more.items() if cells} if listed else {}
    return tables.split("provider", "By place of care", "Place", listed, shown)


def _named(number: str | None, names: Mapping[str, Provider]) -> str:
    known = names.get(number or "")
    return f"{known.name} ({number})" if known else str(number)
