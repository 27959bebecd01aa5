"""The items of one phone: what it told the line, which it is about now, what is known of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Exists, case, exists, select, update
from sqlalchemy.orm import Session, aliased

from store.arrival_rows import Caller, Channel
from store.models import Feedback, Text
from tiers import URGENT


def told_by(session: Session, phone: Caller) -> Sequence[Feedback]:
    """What a phone told the line and is not erased, oldest first; hidden ones too."""
    theirs = select(Feedback).where(Feedback.caller_id == phone.id, Feedback.erased_at.is_(None))
    return session.scalars(theirs.order_by(Feedback.id)).all()


def latest(
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


def doubtful() -> Exists:
    """Of an item, whether another of the same phone tells of danger, and nobody has said there or
    in a later one that the phone is safe: whoever holds it may be the danger."""
    other, later = aliased(Feedback), aliased(Feedback)
    safe = later.caller_id == other.caller_id, later.id > other.id, later.safe.is_(True)
    return exists().where(
        *(other.caller_id == Feedback.caller_id, other.id != Feedback.id),
        *(other.tier.in_(URGENT), other.safe.is_(None), other.erased_at.is_(None)),
        ~exists().where(*safe),
    )


def in_doubt(session: Session, item: Feedback) -> bool:
    """The same of this item."""
    return session.scalars(select(doubtful()).where(Feedback.id == item.id)).one()


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
