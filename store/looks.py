"""Who looked at what: written beside each look, read by the lead."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store import kept
from store.access_rows import Kept, Look
from store.inserts import insert_each_once
from store.models import Feedback

OPERATOR = "the operator"  # whoever has the shell
MANY = 600  # seconds: the pieces of one recording, or one item opened again and again


class Asked(NamedTuple):
    """What to show of the looks; what is empty narrows nothing."""

    by: str = ""
    kind: str = ""
    reference: str = ""
    since: datetime | None = None
    until: datetime | None = None


def keep(session: Session, by: str, kind: Kept, at: datetime, **more: object) -> None:
    """Write down one look. `feedback_id`, `what`, `why` as there are."""
    session.add(Look(by=by, kind=kind, at=at, **more))


def keep_once(
    session: Session, by: str, kind: Kept, at: datetime, of: Collection[int], what: str
) -> None:
    """Write down a look at each of these items or their audio, once in ten minutes: a player asks
    in pieces.
    """
    common = {"by": by, "kind": kind, "at": at, "what": what, "why": ""}
    once = [{**common, "feedback_id": n, "key": _key(by, kind, at, n, what)} for n in of]
    insert_each_once(session, Look, once)


def page(
    session: Session, asked: Asked, at_most: int, before: int | None
) -> Sequence[tuple[Look, str | None]]:
    """Looks, the latest first, each with its item's reference."""
    wanted = select(Look, Feedback.reference).outerjoin(Feedback, Feedback.id == Look.feedback_id)
    for column, value in ((Look.by, asked.by), (Look.kind, asked.kind)):
        if value:
            wanted = wanted.where(column == value)
    if asked.reference:
        one = select(Feedback.id).where(Feedback.reference == asked.reference)
        wanted = wanted.where(Look.feedback_id == one.scalar_subquery())
    if asked.since:
        wanted = wanted.where(Look.at >= asked.since)
    if asked.until:
        wanted = wanted.where(Look.at < asked.until)
    if before is not None:
        wanted = wanted.where(Look.id < before)
    found = session.execute(wanted.order_by(Look.id.desc()).limit(at_most))
    return [(look, reference) for look, reference in found]


def drop(session: Session, before: datetime, at_most: int) -> int:
    """Looks from before then go, the oldest first; how many."""
    old = kept.looks(before).limit(at_most).with_only_columns(Look.id)
    numbers = session.scalars(old).all()
    session.execute(delete(Look).where(Look.id.in_(numbers)))
    return len(numbers)


def forget(session: Session, item: int) -> None:
    """An item is erased: why somebody looked may quote it. That they looked stays."""
    session.execute(update(Look).where(Look.feedback_id == item).values(why=""))


def _key(by: str, kind: Kept, at: datetime, of: int, what: str) -> str:
    one = "\0".join((by, kind, str(of), what, str(int(at.timestamp()) // MANY)))
    return hashlib.sha256(one.encode()).hexdigest()
