"""The table of the places of care, each as it may be shown."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from handlers.desk.figure_filters import Asked
from store import figures as rows
from store import providers
from store.provider_rows import Provider
from triage import figure_tables as tables
from triage import figures
from triage.figure_tables import Table
from triage.figures import Answered, Cell

LISTED = 20
OTHERS, NO_PLACE = "All other places", "No place chosen"


def by_place(session: Session, asked: Asked, shown: bool) -> Table:
    """The places that most of it is about; the rest in one line, so that the lines add up."""
    found: dict[str | None, list[Cell]] = {}
    every: list[Answered] = []
    for month, number, rating, fits, n in rows.by_provider(session, asked.wanted):
        if rating is not None:
            every.append(Answered(number, month, figures.lacks(fits), n))
        if all(fits):
            cell = Cell(month, None, None, None, None, None, rating, None, None, True, n)
            found.setdefault(number, []).append(cell)
    none = found.pop(None, [])
    order = sorted(found, key=lambda number: (-figures.total(found[number]), str(number)))
    names = providers.by_ids(session, [number for number in order[:LISTED] if number])
    listed = {_named(number, names): found[number] for number in order[:LISTED]}
    rest = [cell for number in order[LISTED:] for cell in found[number]]
    more = {OTHERS: rest, NO_PLACE: none}
    listed |= {name: cells for name, cells in more.items() if cells} if listed else {}
    every += (Answered(OTHERS, cell.month, (), cell.n) for cell in rest if cell.rating)
    telling = {_named(number, names) for number in figures.telling(every)}
    return tables.split("provider", "By place of care", "Place", listed, shown, telling)


def _named(number: object, names: Mapping[str, Provider]) -> str:
    known = names.get(str(number))
    return f"{known.name} ({number})" if known else NO_PLACE if number is None else str(number)
