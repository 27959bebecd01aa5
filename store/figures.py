"""What the figures are counted from. Each question reads one period, by its index, and no words.

Items that were erased count too: a row without content stays for that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from store.arrival_rows import Channel
from store.models import Feedback
from store.needs import COUNTED, Need, fits

Span = tuple[datetime, datetime]
Fits = Sequence[int]  # of each filter in use, in its order: 1 where the item fits it
SIDES = ("service", "channel", "language", "about", "line")
FACTS = (*SIDES, "rating", "sentiment", "staff_rating")


@dataclass(frozen=True)
class Wanted:
    """A period as months by name, each with its span; and what to keep of it."""

    months: Mapping[str, Span]
    sides: Mapping[str, str] = field(default_factory=dict)
    provider: str | None = None
    place: str | None = None

    @property
    def span(self) -> Span:
        spans = self.months.values()
        return min(start for start, _ in spans), max(end for _, end in spans)


def cells(session: Session, wanted: Wanted) -> Sequence[tuple[Any, ...]]:
    """(month, each of FACTS, whether provider and place fit, how many): all of the period.

    `sides` are not looked at: whoever counts needs the rest too, to know what may be shown.
    """
    facts = [getattr(Feedback, name) for name in FACTS]
    here = case((_here(wanted), 1), else_=0).label("here")
    return _by_month(session, wanted, _period(wanted), *facts, here)


def themes(session: Session, wanted: Wanted) -> Sequence[tuple[str, str, str, Fits, int]]:
    """(month, the themes of an item as JSON, sentiment, fits, how many) of all coded items."""
    coded = (*_period(wanted), Feedback.sentiment.is_not(None))
    listed = cast(Feedback.themes, String).label("listed")
    rows = _by_month(session, wanted, coded, listed, Feedback.sentiment, *_fits(wanted))
    return [(month, names, feeling or "", fits, n) for month, names, feeling, *fits, n in rows]


def phones(session: Session, wanted: Wanted) -> Sequence[tuple[str | None, int, int]]:
    """(service, items of one phone about it, how many such phones)."""
    known = (*conditions(wanted), Feedback.caller_id.is_not(None))
    one = (
        select(Feedback.service, func.count().label("size"))
        .where(*known)
        .group_by(Feedback.service, Feedback.caller_id)
        .subquery()
    )
    asked = select(one.c.service, one.c.size, func.count()).group_by(one.c.service, one.c.size)
    return [(service, size, n) for service, size, n in session.execute(asked)]


def by_provider(
    session: Session, wanted: Wanted
) -> Sequence[tuple[str, str | None, str | None, Fits, int]]:
    """(month, number in the directory, rating, fits, how many) of all of the period."""
    facts = (Feedback.provider_id, Feedback.rating, *_fits(wanted))
    rows = _by_month(session, wanted, _period(wanted), *facts)
    return [(month, provider, rating, fits, n) for month, provider, rating, *fits, n in rows]


def moments(
    session: Session, wanted: Wanted, every: int
) -> Sequence[tuple[datetime, datetime | None, datetime | None]]:
    """(received, first look, finished) of each item whose number `every` divides."""
    asked = select(Feedback.received_at, Feedback.looked_at, Feedback.closed_at)
    rows = session.execute(asked.where(*conditions(wanted), Feedback.id % every == 0))
    return [(received, looked, closed) for received, looked, closed in rows]


def waiting(session: Session) -> Mapping[str, int]:
    """How many items wait now, whatever the period: `unheard`, `unchecked`; COUNTED + 1 at most."""
    unheard = and_(Feedback.channel == Channel.VOICE, Feedback.checked_at.is_(None))
    asked = {"unheard": unheard, "unchecked": Feedback.checked_at.is_(None), "uncoded": true()}
    rows = {
        name: select(Feedback.id).where(fits(Need.CODE), condition).limit(COUNTED + 1).subquery()
        for name, condition in asked.items()
    }
    counts = (select(literal(n), func.count()).select_from(some) for n, some in rows.items())
    return dict(session.execute(union_all(*counts)).all())


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What an item must be to be counted."""
    return [*_period(wanted), *_filters(wanted)]


def _period(wanted: Wanted) -> list[ColumnElement[bool]]:
    start, end = wanted.span
    return [Feedback.received_at >= start, Feedback.received_at < end]


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    sides = [getattr(Feedback, name) == value for name, value in wanted.sides.items()]
    return [*sides, _here(wanted)] if wanted.provider or wanted.place else sides


def _fits(wanted: Wanted) -> list[ColumnElement[int]]:
    """Of each filter, whether an item fits: as `cells`, to know what may be shown."""
    each = enumerate(_filters(wanted))
    return [case((fits, 1), else_=0).label(f"fits_{place}") for place, fits in each]


def _by_month(
    session: Session, wanted: Wanted, which: Iterable[ColumnElement[bool]], *facts: Any
) -> Sequence[tuple[Any, ...]]:
    """(month, each of the facts, how many) of the items that fit."""
    # Inside, so that each value that was asked for stands in the statement once.
    each = select(_month(wanted.months).label("month"), *facts).where(*which).subquery()
    asked = select(*each.c, func.count()).group_by(*each.c)
    return [tuple(row) for row in session.execute(asked)]


def _here(wanted: Wanted) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = []
    if wanted.provider:
        found.append(Feedback.provider_id == wanted.provider)
    if wanted.place:
        found.append(Feedback.place.icontains(wanted.place, autoescape=True))
    return and_(*found) if found else true()


def _month(months: Mapping[str, Span]) -> ColumnElement[str]:
    parts = [
        (and_(Feedback.received_at >= start, Feedback.received_at < end), name)
        for name, (start, end) in months.items()
    ]
    return case(*parts, else_="")
