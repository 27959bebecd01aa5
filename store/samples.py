"""The weekly sample for missed flags: drawn once, marked once, counted by week."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session, defer, selectinload

from store.inserts import insert_each_once
from store.models import Feedback, Kind, Recording, Text, Transcript
from store.safeguarding_rows import Sample, TierChange

# Twenty are read in a quarter of an hour. Seven clean weeks (140 items) put the share of missed
# flags below about 2 %, at 95 % confidence.
SIZE = 20


def draw(session: Session, week: str, since: datetime, until: datetime, at: datetime) -> None:
    """Draw a week's sample at random from what came in that week and nobody and nothing flagged.

    Drawn again it changes nothing: of two who draw at once, the first one's places are taken.
    """
    if session.scalar(select(Sample.id).where(Sample.week == week).limit(1)) is not None:
        return
    judged = select(TierChange.id).where(TierChange.feedback_id == Feedback.id)
    said = or_(
        Feedback.texts.any(Text.kind == Kind.WORDS),
        Feedback.recordings.any(),  # of a call that left none there is nothing to read
    )
    drawn = session.scalars(
        select(Feedback.id)
        .where(
            Feedback.received_at >= since,
            Feedback.received_at < until,
            Feedback.tier.is_(None),
            Feedback.hidden_at.is_(None),
            Feedback.erased_at.is_(None),
            ~judged.exists(),
            said,
        )
        .order_by(func.random())
        .limit(SIZE)
    ).all()
    rows = [
        {"week": week, "place": place, "feedback_id": number, "drawn_at": at}
        for place, number in enumerate(drawn)
    ]
    insert_each_once(session, Sample, rows)


def of_week(session: Session, week: str) -> Sequence[tuple[Sample, Feedback]]:
    """A week's sample with its items and their words, in the order in which it was drawn."""
    rows = session.execute(
        select(Sample, Feedback)
        .join(Feedback, Feedback.id == Sample.feedback_id)
        .where(Sample.week == week, Feedback.hidden_at.is_(None))
        .order_by(Sample.place)
        .options(
            selectinload(Feedback.texts),
            selectinload(Feedback.recordings)
            .selectinload(Recording.transcripts)
            .options(defer(Transcript.words)),
        )
    )
    return [(sample, item) for sample, item in rows]


def rightly_none(session: Session, of: Feedback, by: str, at: datetime) -> bool:
    """Somebody read it and it needs no flag. False: it is in no sample, or somebody marked it, or
    it has a flag by now.
    """
    if of.tier is not None:
        return False
    found = session.execute(
        update(Sample)
        .where(Sample.feedback_id == of.id, Sample.marked_at.is_(None))
        .values(marked_at=at, marked_by=by, missed=False)
        .returning(Sample.id)
    )
    return found.first() is not None


def missed(session: Session, of: Feedback, by: str, at: datetime) -> None:
    """Somebody raised what the program said nothing of: where it is in a sample, it had missed it.

    Not where more was said since it was drawn: that may be what it was raised for.
    """
    drawn = update(Sample).where(Sample.feedback_id == of.id)
    if of.words_at is not None:
        drawn = drawn.where(Sample.drawn_at >= of.words_at)
    session.execute(drawn.values(marked_at=at, marked_by=by, missed=True))


def lowered(session: Session, of: Feedback, by: str, at: datetime) -> None:
    """Somebody took its tier away: if it was raised by mistake, the program had missed nothing."""
    session.execute(
        update(Sample)
        .where(Sample.feedback_id == of.id, Sample.missed.is_(True))
        .values(marked_at=at, marked_by=by, missed=False)
    )


def counts(sample: Sample, of: Feedback) -> bool:
    """Whether an item that is shown counts in its sample: it was marked, or still may be."""
    return sample.marked_at is not None or of.tier is None


def by_week(session: Session, weeks: Sequence[str]) -> Mapping[str, tuple[int, int, int]]:
    """For each of these weeks that was drawn: how many of it count, are marked, and missed flags.

    What was erased or flagged before anybody read it says nothing about the program.
    """
    unread = and_(Feedback.tier.is_(None), Feedback.hidden_at.is_(None))
    rows = session.execute(
        select(
            Sample.week,
            func.count().filter(or_(Sample.marked_at.is_not(None), unread)),
            func.count(Sample.marked_at),
            func.count().filter(Sample.missed.is_(True)),
        )
        .join(Feedback, Feedback.id == Sample.feedback_id)
        .where(Sample.week.in_(weeks))
        .group_by(Sample.week)
    )
    return {week: (drawn, marked, missed) for week, drawn, marked, missed in rows}
