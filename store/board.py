"""One page of a queue, forwards or back, at a cost that does not grow with the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, tuple_
from sqlalchemy.orm import Session, defer, selectinload
from sqlalchemy.orm.attributes import InstrumentedAttribute

from store.arrival_rows import Channel
from store.columns import typed
from store.models import Feedback, Recording, Status, Transcript
from store.needs import KEYS, Need, fits

LOOKED = 5_000  # items of a queue that one page with filters looks through; then it says so

Steps = Select[*tuple[Any, ...]]
Place = tuple[int, datetime, int]  # rank, moment, id: where in a queue an item stands
EXACT = {
    "tier": Feedback.tier,
    "service": Feedback.service,
    "language": Feedback.language,
    "rating": Feedback.rating,
    "assigned_to": Feedback.assigned_to,
}


@dataclass(frozen=True)
class Wanted:
    """A queue and what to keep of it: filters by name, as `conditions` reads them."""

    need: Need
    filters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Items, and the places to go on from in both directions; None: nothing lies there.

    `cut`: more may lie ahead, but this page has looked through as many items as it may.
    """

    rows: Sequence[Feedback]
    before: Place | None
    after: Place | None
    cut: bool = False


def page(session: Session, wanted: Wanted, size: int, at: Place | None, back: bool) -> Page:
    """At most `size` items from behind `at` on, or up to it when going `back`; with their words."""
    walk = _Walk.of(wanted, at, back)
    rows = list(session.scalars(_rows(walk, wanted, size + 1)))
    more, rows = len(rows) > size, rows[:size]
    cut = None if more or not wanted.filters else _end(session, walk)
    if back:
        rows.reverse()
    ahead = place(rows[0 if back else -1]) if more else cut
    behind = (place(rows[-1 if back else 0]) if rows else at) if at else None
    before, after = (ahead, behind) if back else (behind, ahead)
    return Page(rows, before, after, cut is not None)


def place(item: Feedback) -> Place:
    """Where an item stands."""
    return item.rank, item.received_at, item.id


def arrived(session: Session, wanted: Wanted, since: int, most: int) -> int:
    """How many items with a number above `since` this queue has now; `most` at most.

    A page that was open for weeks asks about the newest LOOKED only.
    """
    above = max(since, latest(session) - LOOKED)
    new = select(Feedback.id).where(Feedback.id > above, fits(wanted.need), *conditions(wanted))
    return session.scalar(select(func.count()).select_from(new.limit(most).subquery())) or 0


def latest(session: Session) -> int:
    """The number of the newest item."""
    return session.scalar(select(func.max(Feedback.id))) or 0


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What the filters ask for."""
    given = wanted.filters
    found: list[ColumnElement[bool]] = [EXACT[n] == v for n, v in given.items() if n in EXACT]
    if "status" in given:
        found.append(Feedback.status == Status(given["status"]))
    if "channel" in given:
        found.append(Feedback.channel == Channel(given["channel"]))
    if "unheard" in given:
        found.append(and_(Feedback.channel == Channel.VOICE, Feedback.checked_at.is_(None)))
    if "place" in given:
        found.append(Feedback.place.icontains(given["place"], autoescape=True))
    return found + _period(given)


def _period(given: dict[str, Any]) -> list[ColumnElement[bool]]:
    since = [Feedback.received_at >= given["since"]] if "since" in given else []
    return since + ([Feedback.received_at < given["until"]] if "until" in given else [])


@dataclass(frozen=True)
class _Walk:
    """Along a queue's index: by which columns, whether downwards, and the columns themselves."""

    keys: Sequence[InstrumentedAttribute[Any]]
    down: bool
    steps: Steps

    @classmethod
    def of(cls, wanted: Wanted, at: Place | None, back: bool) -> "_Walk":
        by_date, keys = wanted.need is Need.FINISHED, KEYS[wanted.need]
        down = by_date != back
        steps: Steps = select(*keys).where(fits(wanted.need))
        if by_date:
            steps = steps.where(*_period(wanted.filters))
        if at:
            here, there = tuple_(*keys), typed(at[-len(keys) :])
            steps = steps.where(here < there if down else here > there)
        return cls(keys, down, steps.order_by(*_along(keys, down)))


def _along(columns: Iterable[Any], down: bool) -> list[Any]:
    """The order of a walk by these columns."""
    return [column.desc() if down else column for column in columns]


def _rows(walk: _Walk, wanted: Wanted, most: int) -> Select[Feedback]:
    """The items of a walk. With filters it goes LOOKED steps, however few of them fit.

    Each step says whether it fits, so that only those that do and are shown are looked up again.
    """
    if wanted.filters:
        kept = case((and_(*conditions(wanted)), 1), else_=0).label("kept")
        some = walk.steps.add_columns(kept).limit(LOOKED).subquery()
        order = _along([some.c[key.key] for key in walk.keys], walk.down)
        few = select(some.c.id).where(some.c.kept == 1).order_by(*order).limit(most).subquery()
        found = select(Feedback).join(few, few.c.id == Feedback.id)
        found = found.order_by(*_along(walk.keys, walk.down))
    else:
        found = walk.steps.with_only_columns(Feedback).limit(most)
    return found.options(
        selectinload(Feedback.texts),
        selectinload(Feedback.recordings)
        .selectinload(Recording.transcripts)
        .options(defer(Transcript.words), defer(Transcript.shown_words)),
    )


def _end(session: Session, walk: _Walk) -> Place | None:
    """Where a walk of LOOKED steps stopped; None when the queue was at its end before that."""
    last = session.execute(walk.steps.offset(LOOKED - 1).limit(1)).one_or_none()
    return None if last is None else (0, *last)[-3:]
