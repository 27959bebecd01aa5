"""Items of feedback by name: opened here, found here, sorted here."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, case, select, tuple_, update
from sqlalchemy.orm import DeclarativeBase, Session, selectinload

from store.columns import typed
from store.inserts import insert_once
from store.models import Caller, Channel, Feedback, Recording, Text
from store.single import fresh

A = TypeVar("A", bound=DeclarativeBase)
B = TypeVar("B", bound=DeclarativeBase)

# Told apart by ear on a bad line, and by eye: no 0, O, 1, I (facts: care.md 8).
SIGNS = "23456789KLRWXY"


def new_reference() -> str:
    """Seven random signs, 105 million of them: nobody can guess a neighbour's."""
    return "".join(secrets.choice(SIGNS) for _ in range(7))


def shown(reference: str) -> str:
    """Seven signs as people read them, in two groups: K7RW-3X2."""
    return f"{reference[:4]}-{reference[4:]}"


def begun(**values: object) -> Feedback:
    """An item that is nowhere yet, so that what was just said is on it before it is written."""
    return fresh(Feedback, values)


def opened(session: Session, item: Feedback) -> None:
    """Add it under a reference that no other has. It has its id then, and is as good as read."""
    values = {name: v for name, v in vars(item).items() if v is not None}
    number = None
    while number is None:
        item.reference = values["reference"] = new_reference()
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


def told_by(session: Session, phone: Caller) -> Sequence[Feedback]:
    """What a phone told the line and is not erased, oldest first; hidden ones too."""
    theirs = select(Feedback).where(Feedback.caller_id == phone.id, Feedback.erased_at.is_(None))
    return session.scalars(theirs.order_by(Feedback.id)).all()


def of_caller(
    session: Session,
    caller_id: int,
    hidden: bool,
    reference: str | None = None,
    *,
    until: datetime | None = None,
) -> Feedback | None:
    """A phone's latest item, hidden or not; or the one of this reference, if it is theirs.

    `until`: only of what it had told us by then.
    """
    wanted = select(Feedback).where(
        Feedback.caller_id == caller_id,
        Feedback.hidden_at.is_not(None) if hidden else Feedback.hidden_at.is_(None),
    )
    if reference:
        wanted = wanted.where(Feedback.reference == reference)
    if until:
        wanted = wanted.where(Feedback.received_at <= until)
    return session.scalars(wanted.order_by(Feedback.id.desc()).limit(1)).one_or_none()


def in_hand(session: Session, caller_id: int, at: datetime, lasts: timedelta) -> int | None:
    """The item that a phone was texting about at a moment: of its last text by then, if that was no
    longer ago than `lasts` and the item is still there to be seen."""
    wanted = (
        select(Feedback.id)
        .join(Text)
        .where(
            *(Feedback.caller_id == caller_id, Feedback.hidden_at.is_(None)),
            *(Text.received_at <= at, Text.received_at > at - lasts),
        )
        .order_by(Text.received_at.desc(), Text.id.desc())
        .limit(1)
    )
    return session.scalars(wanted).one_or_none()


def hold_all(session: Session, caller_id: int) -> None:
    """Every item of a phone, nobody else's until the commit. To be called before any of them is
    locked alone: in the order in which acts on many items lock them, so that none of these waits
    for what waits for it (PostgreSQL)."""
    theirs = select(Feedback.id).where(Feedback.caller_id == caller_id)
    session.execute(theirs.order_by(Feedback.id).with_for_update())


def not_safe(session: Session, caller_id: int) -> None:
    """Put on each item of a phone, hidden ones too, that it is not safe to text."""
    theirs = Feedback.caller_id == caller_id, Feedback.erased_at.is_(None)
    session.execute(
        update(Feedback)
        .where(*theirs, Feedback.safe.is_not(False))
        .values(safe=False)
        .execution_options(synchronize_session=False)
    )


def not_wanted(session: Session, caller_id: int, now: int | None) -> None:
    """Put on each item of a phone, hidden and finished ones too, that no contact is wanted; a phone
    that was safe to text is not known to be any more. `now`: the item that this is said on."""
    hold_all(session, caller_id)
    theirs = Feedback.caller_id == caller_id, Feedback.erased_at.is_(None)
    _keep_answers(session, *theirs, Feedback.id != now)
    session.execute(
        update(Feedback)
        .where(*theirs)
        .values(contact=False, safe=case((Feedback.safe.is_(False), False)))
        .execution_options(synchronize_session=False)
    )


def _keep_answers(session: Session, *where: ColumnElement[bool]) -> None:
    """Keep what was answered in a call for advice before another takes its place: whoever did not
    say no there was not asked for another number."""
    advice = Feedback.channel == Channel.VOICE, Feedback.purpose == "advice"
    wanted = select(Feedback.id, Feedback.given, Feedback.contact)
    for number, given, contact in session.execute(
        wanted.where(*where, *advice, Feedback.contact.is_not(False))
    ).all():
        session.execute(
            update(Feedback)
            .where(Feedback.id == number)
            .values(given={**(given or {}), "contact": contact})
            .execution_options(synchronize_session=False)
        )


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
