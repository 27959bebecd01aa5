"""Items for whoever reads them all, batch by batch, oldest first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, selectinload

from store.columns import typed
from store.models import Feedback, Recording


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
        wanted = wanted.where(tuple_(Feedback.received_at, Feedback.id) > typed(after))
    return session.scalars(wanted.order_by(Feedback.received_at, Feedback.id).limit(size)).all()
