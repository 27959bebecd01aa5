"""Items of feedback by name: opened here, found here, sorted here."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, Tuple, literal, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from store.columns import Moment
from store.models import Channel, Feedback, Recording, Status

# Told apart by ear on a bad line, and by eye: no 0, O, 1, I (facts: care.md 8).
SIGNS = "23456789KLRWXY"
TIERS = ("R1", "R2", "R3", "R4")


def new_reference() -> str:
    """Seven random signs, 105 million of them: nobody can guess a neighbour's."""
    return "".join(secrets.choice(SIGNS) for _ in range(7))


def open_item(session: Session, item: Feedback) -> Feedback:
    """Add an item under a reference that no other has."""
    while True:
        item.reference = new_reference()
        try:
            with session.begin_nested():
                session.add(item)
            return item
        except IntegrityError:
            taken = select(Feedback.id).where(Feedback.reference == item.reference)
            if session.scalar(taken) is None:
                raise


def rank(tier: str | None, first: bool) -> int:
    """The queue's order: tier, then unheard voices and other languages, then (later) age."""
    return 10 * (TIERS.index(tier) + 1 if tier in TIERS else 5) + (0 if first else 9)


def higher(one: str | None, other: str | None) -> str | None:
    """The more urgent of two tiers."""
    return min((tier for tier in (one, other) if tier), default=None)


def by_reference(session: Session, reference: str) -> Feedback | None:
    """The item with this reference (seven signs), hidden ones included."""
    return session.scalars(select(Feedback).where(Feedback.reference == reference)).one_or_none()


def of_caller(
    session: Session, caller_id: int, hidden: bool, reference: str | None = None
) -> Feedback | None:
    """A phone's latest item, hidden or not; or the one of this reference, if it is theirs."""
    wanted = select(Feedback).where(
        Feedback.caller_id == caller_id,
        Feedback.hidden_at.is_not(None) if hidden else Feedback.hidden_at.is_(None),
    )
    if reference:
        wanted = wanted.where(Feedback.reference == reference)
    return session.scalars(wanted.order_by(Feedback.id.desc()).limit(1)).one_or_none()


def queue(
    status: Status,
    *,
    tier: str | None = None,
    service: str | None = None,
    channel: Channel | None = None,
    after: tuple[int, datetime, int] | None = None,
) -> Select[Feedback]:
    """The queue of one status, most pressing first, from behind the item `after` on."""
    wanted = select(Feedback).where(Feedback.status == status, Feedback.hidden_at.is_(None))
    for column, value in (
        (Feedback.tier, tier),
        (Feedback.service, service),
        (Feedback.channel, channel),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    if after:
        wanted = wanted.where(
            tuple_(Feedback.rank, Feedback.received_at, Feedback.id) > _typed(after)
        )
    return wanted.order_by(Feedback.rank, Feedback.received_at, Feedback.id)


def batch(
    session: Session,
    since: datetime | None,
    until: datetime | None,
    after: tuple[datetime, int] | None,
    size: int,
) -> Sequence[Feedback]:
    """The next items to export, oldest first, with their texts, recordings and transcripts.

    Batch by batch, so that no transaction lasts as long as the reader of the output takes.
    """
    wanted = (
        select(Feedback)
        .where(Feedback.hidden_at.is_(None))
        .options(
            selectinload(Feedback.texts),
            selectinload(Feedback.caller),
            selectinload(Feedback.recordings).selectinload(Recording.transcripts),
        )
    )
    if since:
        wanted = wanted.where(Feedback.received_at >= since)
    if until:
        wanted = wanted.where(Feedback.received_at < until)
    if after:
        wanted = wanted.where(tuple_(Feedback.received_at, Feedback.id) > _typed(after))
    return session.scalars(wanted.order_by(Feedback.received_at, Feedback.id).limit(size)).all()


def _typed(values: tuple[object, ...]) -> Tuple:
    # A row value of literals: each keeps its column's type, so that moments compare on SQLite.
    return tuple_(
        *(literal(v, Moment()) if isinstance(v, datetime) else literal(v) for v in values)
    )
