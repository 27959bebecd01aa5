"""Replies by text: from which number of ours, and made once for each form."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import doing, ledger, outgoing
from store.doing_rows import Did
from store.models import Feedback, Ledger
from store.seal import Seal

CAME_BY = ("text", "call")
# A reply against the person's own answer is the lead's word; the rest goes only while it stands.
AGREED, LEADS = "staff:", "lead:"


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
