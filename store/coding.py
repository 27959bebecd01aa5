"""Coding by name: each save is a row; some are read again by a colleague who sees nothing of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from store import corrections
from store.coding_rows import Awaits, Coding, Reading
from store.models import Feedback
from tiers import URGENT

LOOKED_BACK = timedelta(days=90)
MOST = 2000  # rows that one page of figures reads
FREE_WORDS = ("place", "provider", "happened")


def of(session: Session, item: Feedback) -> Sequence[Coding]:
    """Every save on an item, oldest first. An item that nobody coded is not asked for."""
    if item.coded_at is None:
        return ()
    wanted = select(Coding).where(Coding.feedback_id == item.id)
    return session.scalars(wanted.order_by(Coding.id)).all()


def last(rows: Sequence[Coding]) -> Coding | None:
    """The save that stands: a second reader's own choices stand nowhere until they are settled."""
    return next((row for row in reversed(rows) if row.reading is not Reading.SECOND), None)


def due(item: Feedback) -> bool:
    """Whether an item has words that came after its coding, or none: the same choices, made again
    by somebody who read them, are a coding then.
    """
    words, coded = item.words_at, item.coded_at
    return coded is None or (words is not None and words > coded)


def keep(
    session: Session,
    item: Feedback,
    coded: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    reading: Reading = Reading.FIRST,
    offered: Sequence[str] = (),
    taken: Sequence[str] = (),
    of: Coding | None = None,
    awaits: Awaits | None = None,
) -> Coding:
    """Keep one save. Only a first reading codes the item: a second one is for the figures,
    and whoever settles chooses between two that may know nothing of what was said since.
    """
    row = Coding(
        feedback_id=item.id,
        by=by,
        at=at,
        reading=reading,
        of=of.id if of else None,
        coded=dict(coded),
        offered=list(offered),
        taken=list(taken),
        awaits=awaits,
    )
    session.add(row)
    if reading is Reading.FIRST and due(item):
        item.coded_at = at
    session.flush()
    return row


def awaiting(
    session: Session, awaits: Awaits, by: str, most: int
) -> Sequence[tuple[Coding, Feedback]]:
    """First readings that wait for somebody, oldest first. Nobody reads their own twice, nor for
    the figures what has become R1 or R2 since.
    """
    wanted = (
        select(Coding, Feedback)
        .join(Feedback, Feedback.id == Coding.feedback_id)
        .where(Coding.awaits == awaits, Feedback.hidden_at.is_(None))
        .order_by(Coding.id)
        .limit(most)
    )
    if awaits is Awaits.SECOND:
        urgent = func.coalesce(Feedback.tier, "").in_(URGENT)
        wanted = wanted.where(Coding.by != by, ~urgent)
    return [(row, item) for row, item in session.execute(wanted)]


def waits(session: Session, item: Feedback, awaits: Awaits, *, lock: bool = False) -> Coding | None:
    """The first reading of this item that waits for this; `lock` it to change it."""
    wanted = select(Coding).where(Coding.feedback_id == item.id, Coding.awaits == awaits)
    first = wanted.order_by(Coding.id).limit(1)
    return session.scalars(first.with_for_update() if lock else first).one_or_none()


def second(session: Session, first: Coding) -> Coding | None:
    """What the second reader chose."""
    wanted = select(Coding).where(
        Coding.feedback_id == first.feedback_id,
        Coding.of == first.id,
        Coding.reading == Reading.SECOND,
    )
    return session.scalars(wanted.limit(1)).one_or_none()


def pairs(session: Session, at: datetime) -> Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """(first, second) readings of the last three months."""
    first = aliased(Coding)
    wanted = (
        select(first.coded, Coding.coded)
        .join(first, first.id == Coding.of)
        .where(Coding.reading == Reading.SECOND, Coding.at > at - LOOKED_BACK)
        .order_by(Coding.at.desc())
        .limit(MOST)
    )
    return [(one, other) for one, other in session.execute(wanted)]


def offers(session: Session, at: datetime) -> Sequence[tuple[Sequence[str], Sequence[str]]]:
    """(offered, taken) suggestions of the latest saves by first readers."""
    wanted = (
        select(Coding.offered, Coding.taken)
        .where(Coding.at > at - LOOKED_BACK, Coding.reading == Reading.FIRST)
        .order_by(Coding.at.desc())
        .limit(MOST)
    )
    return [(some, those) for some, those in session.execute(wanted)]


def forget(session: Session, item: Feedback) -> None:
    """Erase what people wrote when they coded. The choices stay for the counts of past months."""
    for take in item.recordings:
        corrections.forget(session, take)
    for row in session.scalars(select(Coding).where(Coding.feedback_id == item.id)):
        row.coded = {k: None if k in FREE_WORDS else v for k, v in row.coded.items()}
        row.offered = [mark for mark in row.offered if not mark.startswith("place:")]
        row.taken = [mark for mark in row.taken if not mark.startswith("place:")]
        row.awaits = None
    item.given = item.provider = item.happened = item.happened_on = None
