"""An item's history: deeds, notes, moves and texts of ours, in one list and one query."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Session, aliased

from store.arrival_rows import Ledger
from store.columns import Moment
from store.doing_rows import Deed
from store.models import Feedback
from store.staff import Move, Note
from store.upkeep import Outgoing

MOST = 500  # of one item; nobody reads further back on one page


class Event(NamedTuple):
    """One row of an item's history: a `note`, a `move`, a `text` that we sent, or a `deed`.

    `what`: the deed, or the status or state after it. `then`: see Deed; of a text, its delivery.
    """

    kind: str
    id: int
    at: datetime
    by: str
    what: str
    to: str
    way: str
    words: str
    then: datetime | None
    other: str | None
    key: str | None
    reason: str | None


def history(session: Session, item: Feedback) -> Sequence[Event]:
    """What was done about an item, oldest first, in one query."""
    return [Event(*row) for row in reversed(session.execute(_latest(), {"item": item.id}).all())]


@cache
def _latest() -> Select[Any]:
    """The question, for the item given as `item`: building it takes longer than asking it."""
    some = union_all(_deeds(), _notes(), _moves(), _texts()).subquery()
    return select(some).order_by(some.c.at.desc(), some.c.id.desc()).limit(MOST)


def _row(kind: str, table: Any, **given: Any) -> Select[Any]:
    """One branch of the history: what a table has not is empty."""
    columns: dict[str, Any] = {
        "kind": literal(kind),
        "id": table.id,
        **{name: literal("") for name in ("by", "what", "to", "way", "words")},
        "then": cast(null(), Moment()),
        **{name: cast(null(), String) for name in ("other", "key", "reason")},
        **given,
    }
    return select(*(columns[name].label(name) for name in Event._fields)).where(
        table.feedback_id == bindparam("item")
    )


def _deeds() -> Select[Any]:
    other = aliased(Feedback)
    given = {name: getattr(Deed, name) for name in ("at", "by", "to", "way", "then", "key")}
    found = _row(
        "deed",
        Deed,
        **given,
        what=type_coerce(Deed.did, String()),
        words=type_coerce(Deed.words, LongText()),
        other=other.reference,
    )
    return found.outerjoin(other, (other.id == Deed.other) & other.hidden_at.is_(None))


def _notes() -> Select[Any]:
    return _row("note", Note, at=Note.at, by=Note.by, words=Note.body)


def _moves() -> Select[Any]:
    given = {"at": Move.at, "by": Move.by, "what": Move.after, "to": Move.before}
    return _row("move", Move, **given, words=Move.reason)


def _texts() -> Select[Any]:
    delivered = select(func.min(Ledger.received_at)).where(
        Ledger.kind == "delivery", Ledger.sid == Outgoing.sid, Ledger.turn == "delivered"
    )
    return _row(
        "text",
        Outgoing,
        at=Outgoing.made_at,
        what=type_coerce(Outgoing.state, String()),
        way=func.coalesce(Outgoing.delivery, ""),
        words=Outgoing.body,
        then=delivered.scalar_subquery(),
        key=Outgoing.key,
        reason=Outgoing.reason,
    )
