"""Items of feedback by name: opened here, found here, and what was said in them."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Session

from store import references
from store.inserts import insert_once
from store.models import Feedback, Recording, Text
from store.single import fresh

A = TypeVar("A", bound=DeclarativeBase)
B = TypeVar("B", bound=DeclarativeBase)


def begun(**values: object) -> Feedback:
    """An item that is nowhere yet, so that what was just said is on it before it is written."""
    return fresh(Feedback, values)


def opened(session: Session, item: Feedback) -> None:
    """Add it under a reference that no other has. It has its id then, and is as good as read."""
    values = {name: v for name, v in vars(item).items() if v is not None}
    number = None
    while number is None:
        item.reference = values["reference"] = references.new_reference()
        number = insert_once(session, Feedback, **values)
    item.id = number


def said(take: Recording) -> str:
    """What was said, as far as anybody knows: people's words before the machine's reading form."""
    if take.corrected is not None:
        return take.corrected
    return take.transcripts[-1].shown if take.transcripts else ""


def by_reference(session: Session, reference: str) -> Feedback | None:
    """The item with this reference (seven signs), hidden ones included."""
    return session.scalars(select(Feedback).where(Feedback.reference == reference)).one_or_none()


def of_text(session: Session, sid: str) -> Feedback | None:
    """The item that this text is on."""
    return session.scalars(select(Feedback).join(Text).where(Text.sid == sid)).one_or_none()


def hanging(
    session: Session, item: Feedback, one: type[A], other: type[B]
) -> tuple[list[A], list[B]]:
    """Every row of two kinds that hangs on an item, oldest first: in one query, for its page."""
    first, second = one.__table__.c, other.__table__.c
    rows = session.execute(
        select(one, other)
        .select_from(Feedback)
        .outerjoin(one, first.feedback_id == Feedback.id)
        .outerjoin(other, second.feedback_id == Feedback.id)
        .where(Feedback.id == item.id)
        .order_by(first.id, second.id)
    ).all()
    # Each of one kind comes beside each of the other: once is enough.
    ones, others = (dict.fromkeys(filter(None, part)) for part in zip(*rows, strict=True))
    return list(ones), list(others)
