"""What a conversation does to an item: opens it, adds to it, reopens it, hides it."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dialogue.answers import Keyword
from store import feedback
from store.models import Caller, Channel, Conversation, Feedback, Status
from store.staff import Move

THE_CALLER = "the caller"
NEVER_HIDDEN = ("R1", "R2")  # the safeguarding lead decides what becomes of these


def open_for(
    session: Session, talk: Conversation, *, line: str, notice: str, language: str, at: datetime
) -> Feedback:
    """A new item of this conversation, linked to the one before it."""
    item = Feedback(
        received_at=at,
        channel=talk.channel,
        line=line,
        notice=notice,
        language=language,
        caller_id=talk.caller_id,
        linked_to=talk.feedback_id,
        purpose="feedback",
        complete=False,
        status=Status.NEW,
        tier_reasons=[],
        themes=[],
        rank=feedback.rank(None, talk.channel is Channel.VOICE),
    )
    feedback.open_item(session, item)
    talk.feedback_id = item.id
    return item


def give(item: Feedback, gave: Mapping[str, str]) -> None:
    """Put answers on the item: what was asked, and what was chosen."""
    for question, option in gave.items():
        setattr(item, question, option == "yes" if question == "contact" else option)


def flag(item: Feedback, tier: str | None, reasons: list[str], other_script: bool = False) -> None:
    """Raise the item's tier; nothing here ever lowers it."""
    item.tier = feedback.higher(item.tier, tier)
    if item.tier in NEVER_HIDDEN:  # its words may land after its DELETE
        item.hidden_at = item.erase_at = None
    item.tier_reasons = [*item.tier_reasons, *(r for r in reasons if r not in item.tier_reasons)]
    first = item.channel is Channel.VOICE or other_script or item.rank % 10 == 0
    item.rank = feedback.rank(item.tier, first)


def reopen(session: Session, item: Feedback, at: datetime) -> None:
    """New words on a finished item: it goes back to the queue, or nobody would read them."""
    if item.status is not Status.FINISHED:
        return
    session.add(
        Move(
            feedback_id=item.id,
            by=THE_CALLER,
            at=at,
            before=item.status.value,
            after=Status.NEW.value,
            reason="The caller added to it.",
        )
    )
    item.status, item.closed_at = Status.NEW, None


def delete(
    session: Session, caller: Caller, word: Keyword, at: datetime, days: int
) -> Feedback | None:
    """Hide a phone's item at once and erase it in `days`; an urgent one goes to the lead.

    The latest is the latest: a DELETE that a shaking hand sends twice takes no second item.
    """
    item = feedback.of_caller(session, caller.id, False, word.reference)
    gone = feedback.of_caller(session, caller.id, True, word.reference)
    if item is None or (gone and gone.id > item.id):
        return gone
    item.erasure_asked_at = at
    if item.tier not in NEVER_HIDDEN:
        item.hidden_at, item.erase_at = at, at + timedelta(days=days)
    return item


def keep(session: Session, caller: Caller, word: Keyword) -> None:
    """Undo the latest DELETE of this phone, while there is still something to keep."""
    both = (feedback.of_caller(session, caller.id, h, word.reference) for h in (True, False))
    asked = [item for item in both if item and item.erasure_asked_at]
    if asked:
        item = max(asked, key=lambda one: one.erasure_asked_at or one.received_at)
        item.hidden_at = item.erase_at = item.erasure_asked_at = None


def other_script(text: str) -> bool:
    """Whether most letters are not Latin: a person who reads that language should see it first."""
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    return len(foreign) * 2 > len(letters)
