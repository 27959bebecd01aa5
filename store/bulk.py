"""Acts on several items at once: one row for each act, with what every item was before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from store.doing_rows import Bulk, Deed, Did
from store.inserts import insert_once
from store.models import Feedback, Status
from store.staff import Move, Staff

UNDONE_FOR = timedelta(minutes=10)
FIELDS = ("status", "assigned_to", "waiting_until", "passed_on_at", "outcome", "closed_at")
HANDED = (Did.ASSIGNED, Did.WAITS, Did.UNDONE)

State = Mapping[str, str | None]


def begin(session: Session, key: str, by: str, at: datetime) -> Bulk | None:
    """Open an act. None when the form with this key was sent before."""
    number = insert_once(session, Bulk, key=key, by=by, at=at, words="", items=[])
    return session.get(Bulk, number) if number else None


def chosen(session: Session, references: Sequence[str]) -> Sequence[Feedback]:
    """The items of these references, to change. In one order, so that two acts never deadlock."""
    wanted = select(Feedback).where(
        Feedback.reference.in_(references), Feedback.hidden_at.is_(None)
    )
    return session.scalars(wanted.order_by(Feedback.id).with_for_update()).all()


def changed(
    session: Session, items: Sequence[Feedback], by: str, since: datetime
) -> Mapping[int, str]:
    """Items -> who moved each, gave it away or let it wait since then; `by` is not counted."""
    these = [item.id for item in items]
    moved = select(Move.feedback_id, Move.by).where(
        Move.feedback_id.in_(these), Move.at > since, Move.by != by
    )
    handed = select(Deed.feedback_id, Deed.by).where(
        Deed.feedback_id.in_(these), Deed.did.in_(HANDED), Deed.at > since, Deed.by != by
    )
    return dict(session.execute(union_all(moved, handed)).all())


def state(item: Feedback) -> State:
    """What an act may change, in values that a row of JSON can hold."""
    return {name: _plain(getattr(item, name)) for name in FIELDS}


def restore(item: Feedback, before: State) -> None:
    """Put an item back as it was."""
    for name in FIELDS:
        setattr(item, name, _read(name, before[name]))


def bar(
    session: Session, roles: Collection[str], by: str | None, now: datetime
) -> tuple[list[str], Bulk | None]:
    """Colleagues to give items to, and the last act that can still be undone: somebody's own, or
    (None) anybody's. One query: every page of a queue asks.
    """
    open_ = select(Bulk.id).where(
        Bulk.at > now - UNDONE_FOR, Bulk.undone_at.is_(None), Bulk.words != ""
    )
    mine = open_ if by is None else open_.where(Bulk.by == by)
    last = mine.order_by(Bulk.at.desc(), Bulk.id.desc()).limit(1).scalar_subquery()
    works = (Staff.role.in_(roles), Staff.left_at.is_(None))
    wanted = select(Staff.name, Bulk).outerjoin(Bulk, Bulk.id == last).where(*works)
    rows = session.execute(wanted.order_by(Staff.name)).all()
    return [name for name, _ in rows], rows[0][1] if rows else None


def locked(session: Session, number: int) -> Bulk | None:
    """One act, to undo: of two who press at once, the second finds it undone."""
    return session.get(Bulk, number, with_for_update=True)


def item(session: Session, number: int) -> Feedback | None:
    """One item of an act, to put back; None when its person asked for it to go."""
    found = session.get(Feedback, number, with_for_update=True, populate_existing=True)
    return None if found is None or found.hidden_at else found


def _plain(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.value if isinstance(value, Status) else value


def _read(name: str, value: str | None) -> Any:
    if value is None or not (name == "status" or name.endswith(("_at", "_until"))):
        return value
    return Status(value) if name == "status" else datetime.fromisoformat(value)
