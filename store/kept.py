"""What is kept and may have to go by now, the oldest first; what is on hold is left out."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from store.access_rows import Look
from store.alert_rows import Alert, AlertMessage
from store.arrival_rows import Caller, Channel, Conversation, Ledger
from store.columns import typed
from store.erasure_rows import Hold
from store.holds import FREE
from store.models import Feedback, Recording, Status
from store.staff import Staff
from store.upkeep import Outgoing, Sending

PAGE = 500


def _on_hold(item: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a hold stands on an item, by the column that has its id and how it is joined."""
    return exists().where(Hold.feedback_id == item, Hold.lifted_at.is_(None), *where)


# Items of a phone on which a hold stands: its number and raw fields stay with them.
_theirs = aliased(Feedback)
HELD_PHONE = _on_hold(_theirs.id, _theirs.caller_id == Caller.id)
# A call that withholds its number has no phone, and neither has word of a recording or of a call's
# end: these are the item's by Twilio's keys.
HELD_LEDGER = or_(
    _on_hold(_theirs.id, _theirs.caller_id == Ledger.caller_id),
    _on_hold(
        Conversation.feedback_id,
        Conversation.channel == Channel.VOICE,
        Conversation.key == Ledger.sid,
    ),
    _on_hold(Recording.feedback_id, Recording.sid == Ledger.sid),
)
AGREED = exists().where(
    _theirs.caller_id == Caller.id,
    _theirs.contact.is_(True),
    _theirs.status != Status.FINISHED,
    _theirs.erased_at.is_(None),
)
FINISHED = (Sending.SENT, Sending.FAILED)


def items(session: Session, before: datetime) -> Iterator[Feedback]:
    """Items that came before then and still have content."""
    wanted = select(Feedback).where(
        Feedback.received_at < before, Feedback.erased_at.is_(None), FREE
    )
    for row in _paged(session, wanted, Feedback.received_at, Feedback.id):
        yield row[0]


def takes(session: Session, before: datetime) -> Iterator[tuple[Recording, str]]:
    """Recordings from before then that may still have sound somewhere; their item's reference."""
    wanted = (
        select(Recording, Feedback.reference)
        .join(Feedback, Feedback.id == Recording.feedback_id)
        .where(Recording.received_at < before, Recording.audio_gone_at.is_(None), FREE)
    )
    yield from _paged(session, wanted, Recording.received_at, Recording.id)


def with_sound(session: Session, items: Sequence[int]) -> Collection[int]:
    """Which of these items have audio where audio lies."""
    wanted = select(Recording.feedback_id).where(Recording.feedback_id.in_(items))
    return set(session.scalars(wanted.where(Recording.audio_key.is_not(None))))


def phones(session: Session, before: datetime) -> Iterator[tuple[Caller, bool]]:
    """Phones that were not heard of since then; whether contact with one is agreed and open."""
    wanted = select(Caller, AGREED).where(
        Caller.seen_at < before,
        Caller.forgotten_at.is_(None),
        Caller.forget_at.is_(None),
        ~HELD_PHONE,
    )
    for phone, agreed in _paged(session, wanted, Caller.seen_at, Caller.id):
        yield phone, bool(agreed)


def unseen(session: Session, at_most: int) -> Sequence[Caller]:
    """Phones from before it was kept when each was heard of last."""
    never = (Caller.seen_at.is_(None), Caller.forgotten_at.is_(None))
    return session.scalars(select(Caller).where(*never).limit(at_most)).all()


def last_heard(session: Session, phone: Caller) -> datetime:
    """When a phone last texted or rang, by the ledger."""
    wanted = select(func.max(Ledger.received_at)).where(Ledger.caller_id == phone.id)
    return session.scalar(wanted) or phone.first_seen


def ledger(before: datetime) -> Select[Ledger]:
    """Rows of the ledger that came before then and still have their raw fields, oldest first."""
    wanted = select(Ledger).where(
        Ledger.received_at < before, Ledger.blanked_at.is_(None), ~HELD_LEDGER
    )
    return wanted.order_by(Ledger.received_at, Ledger.id)


def texts(before: datetime) -> Select[Outgoing]:
    """Texts of ours that were made before then and are done with; those of alerts go with them."""
    alerted = exists().where(AlertMessage.outgoing_id == Outgoing.id)
    wanted = select(Outgoing).where(
        Outgoing.made_at < before,
        Outgoing.state.in_(FINISHED),
        ~alerted,
        ~_on_hold(Outgoing.feedback_id),
    )
    return wanted.order_by(Outgoing.made_at)


def alerts(before: datetime) -> Select[Alert]:
    """Alerts that were opened before then; who was told of an item on hold may be asked for yet."""
    wanted = select(Alert).where(Alert.opened_at < before, ~_on_hold(Alert.feedback_id))
    return wanted.order_by(Alert.opened_at)


def looks(before: datetime) -> Select[Look]:
    """Looks from before then."""
    return select(Look).where(Look.at < before).order_by(Look.at)


def counts(session: Session, wanted: Sequence[Select[Any]], most: int) -> Sequence[int]:
    """How many each of these are, in one query; `most` where there are more."""
    each = [select(func.count()).select_from(one.limit(most).subquery()) for one in wanted]
    return session.execute(select(*(one.scalar_subquery() for one in each))).one()


def leavers(session: Session, before: datetime) -> Sequence[Staff]:
    """Colleagues who left before then and could still be known by their password."""
    wanted = select(Staff).where(Staff.left_at < before, Staff.password != "")
    return session.scalars(wanted).all()


def _paged(session: Session, wanted: Select[*tuple[Any, ...]], *place: Any) -> Iterator[Any]:
    """Every row in the order of `place`, a page at a time: a year's rows need no more memory."""
    page = wanted.order_by(*place).limit(PAGE)
    last: list[object] | None = None
    while True:
        rows = session.execute(page.where(tuple_(*place) > typed(last)) if last else page).all()
        yield from rows
        if len(rows) < PAGE:
            return
        last = [getattr(rows[-1][0], column.key) for column in place]
