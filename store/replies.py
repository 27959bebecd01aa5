"""Replies by text: from which number of ours, and made once for each form."""

from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from store import doing, ledger, outgoing
from store.arrival_rows import Ledger
from store.doing_rows import Did
from store.models import Feedback
from store.seal import Seal
from store.upkeep import Outgoing, Sending

CAME_BY = ("text", "call")
# A reply against the person's own answer is the lead's word; the rest goes only while it stands.
AGREED, LEADS = "staff:", "lead:"
ERASED = "erased:"  # tells somebody that what they asked to have removed is gone
NOT_SAFE = "They said that this phone is not safe to text."
NO_MORE = "They texted that they want no texts from us."
NOT_WANTED = "They rang, and said no when we asked if we may ring this number, and if that is safe."


def sender(session: Session, seal: Seal, item: Feedback) -> str | None:
    """The number of ours that this phone texted or rang last; None when nobody can say."""
    last = session.scalars(
        select(Ledger)
        .where(Ledger.caller_id == item.caller_id, Ledger.kind.in_(CAME_BY))
        .order_by(Ledger.received_at.desc())
        .limit(1)
    ).one_or_none()
    if last is None or item.caller_id is None:
        return None
    return ledger.said(seal, last.fields).get("To")


def take_back(session: Session, caller_id: int, why: str) -> None:
    """Nothing of ours that waits goes to a phone that is not safe, the lead's own word neither: it
    was written before this was known (`why`). What may be at Twilio cannot be held: whether it may
    go is asked once more (`refused_since`) when that turns out not to have it.
    """
    ours = (Outgoing.key.startswith(kind) for kind in (AGREED, LEADS, ERASED))
    waits = Outgoing.due_at.is_not(None), Outgoing.state == Sending.DUE
    session.execute(
        update(Outgoing)
        .where(Outgoing.caller_id == caller_id, *waits, or_(*ours))
        .values(state=Sending.FAILED, due_at=None, claimed_until=None, reason=why)
        .execution_options(synchronize_session=False)
    )


def refused_since(session: Session, row: Outgoing) -> bool:
    """Whether a phone that is not safe has sent us more since this text was written: whoever wrote
    it, the lead too, may not have known what it said. They write it again if it still holds.
    """
    unsafe = select(Feedback.id).where(
        Feedback.caller_id == row.caller_id, Feedback.safe.is_(False)
    )
    since = select(Ledger.id).where(
        Ledger.caller_id == row.caller_id,
        Ledger.kind.in_(CAME_BY),
        Ledger.received_at > row.made_at,
    )
    return bool(session.scalar(select(and_(unsafe.exists(), since.exists()))))


def last(session: Session, item: Feedback, but: str) -> Outgoing | None:
    """The last reply of staff about an item that is not from the form with the mark `but`."""
    ours = or_(*(Outgoing.key.startswith(kind) for kind in (AGREED, LEADS)))
    wanted = select(Outgoing).where(Outgoing.feedback_id == item.id, ours)
    others = wanted.where(Outgoing.key.not_in((f"{AGREED}{but}", f"{LEADS}{but}")))
    return session.scalars(others.order_by(Outgoing.id.desc()).limit(1)).one_or_none()


def make(
    session: Session,
    item: Feedback,
    *,
    key: str,
    sender: str,
    body: str,
    by: str,
    at: datetime,
    reason: str,
    agreed: bool,
) -> int | None:
    """Queue a reply and write down who sent it and why. None when this form was sent before."""
    assert item.caller_id is not None
    key = f"{AGREED if agreed else LEADS}{key}"
    if doing.do(session, item, Did.REPLY, by, at, key=key, words=reason) is None:
        return None
    return outgoing.make(
        session,
        key=key,
        caller_id=item.caller_id,
        feedback_id=item.id,
        sender=sender,
        body=body,
        at=at,
    )
