"""What an item still needs, as one predicate each: for counts, pages, single items and indexes.

One status stands underneath; an item may stand in several queues, and every shown item stands in
at least one, so that none is ever out of sight. See docs/decisions/0018-needs-and-search.md.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    TextClause,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from store.columns import partial
from store.models import Feedback


class Need(StrEnum):
    """A queue, in the order in which the desk shows them."""

    URGENT = "urgent"
    CODE = "code"
    ADVICE = "advice"
    PRAISE = "praise"
    ACT = "act"
    WAITING = "waiting"
    FINISHED = "finished"


COUNTED = 1000  # a longer queue is "1,000+": nobody needs the rest, and counting it takes time
UNREAD = "unread"

# `coalesce` keeps SQLite from taking the index by status instead: it would have to sort then.
SHOWN = "hidden_at IS NULL"
GRAVE = "coalesce(tier, '') IN ('R1', 'R2')"
WORKED_ON = "coalesce(status, '') IN ('new', 'in_progress')"
# Words of danger that came after the last look have not been looked at; nor has what came after
# all was decided.
NOT_LOOKED_AT = (
    "(looked_at IS NULL OR looked_at < tier_at"
    " OR (decided_at IS NOT NULL AND looked_at < words_at))"
)
# The lead has not decided since its urgency was known as it is now: see `triage.safeguarding`.
UNDECIDED = "(decided_at IS NULL OR decided_at < tier_at)"
# What only the lead can bring on: looked at, and not decided.
LEADS = f"({GRAVE} AND NOT {NOT_LOOKED_AT} AND {UNDECIDED})"
# Words that came after the coding have not been coded.
CODED = "coded_at IS NOT NULL AND (words_at IS NULL OR words_at <= coded_at)"
# Whoever works there, or a child, may be found by who thanked whom: a person decides on those.
PRAISED = (
    f"{CODED} AND coalesce(sentiment, '') = 'positive' AND passed_on_at IS NULL"
    " AND tier IS NULL AND coalesce(about, '') <> 'staff' AND CAST(signals AS TEXT) = '[]'"
    " AND coalesce(status, '') <> 'finished'"
)
FITS = {
    Need.URGENT: f"{SHOWN} AND {GRAVE} AND coalesce(status, '') <> 'finished'",
    Need.CODE: f"{SHOWN} AND {WORKED_ON} AND NOT ({CODED})",
    Need.ADVICE: f"{SHOWN} AND purpose = 'advice' AND coalesce(status, '') <> 'finished'",
    Need.PRAISE: f"{SHOWN} AND {PRAISED}",
    Need.ACT: f"{SHOWN} AND {WORKED_ON} AND {CODED}"
    f" AND NOT ({GRAVE}) AND purpose <> 'advice' AND NOT ({PRAISED})",
    Need.WAITING: f"{SHOWN} AND coalesce(status, '') = 'waiting'",
    Need.FINISHED: f"{SHOWN} AND coalesce(status, '') = 'finished'",
}

# The finished are looked up, by date; in the others the most pressing stands first.
KEYS: Mapping[Need, Sequence[InstrumentedAttribute[Any]]] = {
    need: [Feedback.rank, Feedback.received_at, Feedback.id] for need in Need
} | {Need.FINISHED: [Feedback.received_at, Feedback.id]}

# What a queue can be filtered by. It stands in the index too: a page with filters reads no item
# before it knows that it fits. The finished lie in the order of their date, and are read as fast.
FILTERED: Sequence[InstrumentedAttribute[Any]] = (
    *(Feedback.tier, Feedback.service, Feedback.language, Feedback.rating, Feedback.assigned_to),
    *(Feedback.status, Feedback.channel, Feedback.checked_at, Feedback.place),
)

# Each queue is found in an index that holds nothing else: a million finished items cost none.
for _need in Need:
    _done = _need is Need.FINISHED
    partial(
        f"ix_feedback_{'need' if _done else 'open'}_{_need}",
        *KEYS[_need],
        *(() if _done else FILTERED),
        where=FITS[_need],
    )


def fits(need: Need) -> TextClause:
    """The condition of one queue, word for word as its index has it: else it would not be used."""
    return text(FITS[need])


def counts(session: Session) -> Mapping[str, int]:
    """How many items each queue has, and how many urgent ones are `unread`; COUNTED + 1 at most."""
    return dict(session.execute(_counts()).all())


def of(session: Session, ids: Collection[int]) -> Mapping[int, frozenset[Need]]:
    """The queues that each of these items stands in."""
    if not ids:
        return {}
    stands: dict[int, frozenset[Need]] = dict.fromkeys(ids, frozenset())
    for number, *each in session.execute(_stands(), {"ids": list(ids)}):
        stands[number] = frozenset(need for need, fit in zip(Need, each, strict=True) if fit)
    return stands


# Each queue page asks both: to build them anew takes longer than the database needs.
@cache
def _counts() -> CompoundSelect[str, int]:
    asked = {need.value: fits(need) for need in Need}
    asked[UNREAD] = text(f"{FITS[Need.URGENT]} AND {NOT_LOOKED_AT}")
    rows = {
        name: select(Feedback.id).where(condition).limit(COUNTED + 1).subquery()
        for name, condition in asked.items()
    }
    return union_all(
        *(select(literal(name), func.count()).select_from(some) for name, some in rows.items())
    )


@cache
def _stands() -> Select[*tuple[Any, ...]]:
    each: list[ColumnElement[bool]] = [literal_column(f"({FITS[need]})") for need in Need]
    return select(Feedback.id, *each).where(Feedback.id.in_(bindparam("ids", expanding=True)))
