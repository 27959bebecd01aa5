"""Safeguarding by name: a tier that people judged, the record of an item, who looked first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Case, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from store.feedback import hanging
from store.known import decided, looked
from store.models import Feedback
from store.safeguarding_rows import Entry, TierChange
from tiers import URGENT, rank


def papers(session: Session, of: Feedback) -> tuple[Sequence[TierChange], Sequence[Entry]]:
    """The judgements of an item's tier and its record, oldest first: in one query, for its page."""
    return hanging(session, of, TierChange, Entry)


def last_change(session: Session, of: Feedback) -> TierChange | None:
    """The latest judgement of an item's tier."""
    wanted = select(TierChange).where(TierChange.feedback_id == of.id)
    return session.scalars(wanted.order_by(TierChange.id.desc()).limit(1)).one_or_none()


class Judgement(TypedDict):
    """Who judged a tier (None: the program's own rule), what the program says of it, why, when."""

    by: str | None
    machine: str | None
    reason: str
    at: datetime


def keep_change(
    session: Session, of: Feedback, after: str | None, **judged: Unpack[Judgement]
) -> None:
    """Log what an item's tier becomes by a judgement, before it does. Its reasons are kept."""
    was = {"before": of.tier, "after": after, "reasons": of.tier_reasons}
    session.add(TierChange(feedback_id=of.id, **was, **judged))


def set_tier(
    session: Session, of: Feedback, after: str | None, **judged: Unpack[Judgement]
) -> None:
    """Judge a tier and log it.

    What is raised is known anew, so its due time starts, but for a decision that is due already:
    that day goes on. What a person judges, they have read; who read it first stays known.
    """
    keep_change(session, of, after, **judged)
    by, at = judged["by"], judged["at"]
    rises = rank(after, False) < rank(of.tier, False)
    if rises and not (by and of.tier in URGENT and looked(of) and not decided(of)):
        of.tier_at = at
    if by is not None and not looked(of):
        of.looked_at, of.looked_by = at, by
    of.rank = rank(after, of.rank % 10 == 0)
    of.tier = after


def look(session: Session, of: Feedback, by: str, at: datetime) -> bool:
    """Note who opened its words first since they are sorted as now; once all is decided, since more
    came. False: somebody had before.
    """
    more = and_(Feedback.decided_at.is_not(None), Feedback.looked_at < Feedback.words_at)
    new = or_(Feedback.looked_at.is_(None), Feedback.looked_at < Feedback.tier_at, more)
    found = session.execute(
        update(Feedback)
        .where(Feedback.id == of.id, new)
        .values(looked_at=at, looked_by=by)
        .returning(Feedback.id)
    ).scalar()
    return found is not None


def entries(session: Session, of: Sequence[int]) -> Sequence[Entry]:
    """The safeguarding records of items, oldest line first."""
    return session.scalars(select(Entry).where(Entry.feedback_id.in_(of)).order_by(Entry.id)).all()


def write(session: Session, of: Feedback, entry: Entry) -> None:
    """Add a line to an item's record: from then on something is decided. A line that puts another
    right decides nothing: what its writer read may be older than the latest words of danger.
    """
    session.add(entry)
    if entry.corrects is None:
        of.decided_at = entry.at


def judged(
    session: Session, months: Mapping[str, tuple[datetime, datetime]]
) -> Mapping[str, Sequence[tuple[str | None, str | None, int]]]:
    """By month: (what the program said, what people say, how many), the last word on each item.

    Months by name, with their beginning and end; a judgement counts in the month it was made.
    """
    since = min(start for start, _ in months.values())
    later = TierChange.__table__.alias()
    again = select(later.c.id).where(
        later.c.feedback_id == TierChange.feedback_id,
        later.c.by.is_not(None),
        later.c.id > TierChange.id,
    )
    last = (
        select(_month(months).label("month"), TierChange.machine, TierChange.after)
        .where(TierChange.at >= since, TierChange.by.is_not(None), ~again.exists())
        .subquery()
    )
    three = (last.c.month, last.c.machine, last.c.after)
    rows = session.execute(select(*three, func.count()).group_by(*three)).all()
    return {
        name: [(machine, after, n) for found, machine, after, n in rows if found == name]
        for name in months
    }


def forget(session: Session, of: Feedback) -> None:
    """Erase what people wrote about an item. That something was decided, and when, stays."""
    session.execute(
        update(TierChange).where(TierChange.feedback_id == of.id).values(reason="", reasons=[])
    )
    session.execute(update(Entry).where(Entry.feedback_id == of.id).values(told="", words=""))
    of.looked_by = None


def _month(months: Mapping[str, tuple[datetime, datetime]]) -> Case[str]:
    return case(
        *(
            (and_(TierChange.at >= start, TierChange.at < end), name)
            for name, (start, end) in months.items()
        ),
        else_="",
    )
