"""What a conversation does to an item: opens it, adds to it, reopens it."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from store import feedback, of_phone, replies, single
from store.arrival_rows import Conversation
from store.models import Feedback, Status
from store.moves import moved
from tiers import rank

THE_CALLER = "the caller"
ADDED = "The caller added to it."
NO_WORDS = "The caller left a recording that has no words."
YES_OR_NO = ("contact", "safe")


def begun(talk: Conversation, *, line: str, notice: str, language: str, at: datetime) -> Feedback:
    """A new item of this conversation, linked to the one before it. `written` writes it."""
    return feedback.begun(
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
        signals=[],
        themes=[],
        rank=rank(None, False),
    )


def written(session: Session, talk: Conversation, item: Feedback) -> None:
    """The conversation's item, written: if it is new, with all that is on it in one statement."""
    if item.id is None:
        feedback.opened(session, item)
        talk.feedback_id = item.id
    else:
        single.save(session, item)


def give(item: Feedback, gave: Mapping[str, str]) -> None:
    """Put answers on the item: what was asked, and what was chosen."""
    for question, option in gave.items():
        answer = option == "yes" if question in YES_OR_NO else option
        if item.given is not None and question in item.given:  # staff have coded it meanwhile
            item.given = {**item.given, question: answer}
            # But whoever says no to being texted or rung is believed over what staff wrote.
            answer = (answer is not False and getattr(item, question)) or answer
        setattr(item, question, answer)
    if gave.get("about") == "staff":
        signal(item, ("staff",))


def voiced(item: Feedback) -> None:
    """Somebody spoke: nobody knows yet what they said, so it stands above texts of its tier."""
    if item.rank % 10:  # said once, lest it undo what the words of an earlier take have raised
        item.rank = rank(item.tier, True)


def not_safe(session: Session, caller_id: int) -> None:
    """This phone is not safe: a text about anything that it ever told us would be read there."""
    of_phone.not_safe(session, caller_id)
    replies.take_back(session, caller_id, replies.NOT_SAFE)


def no_more(session: Session, caller_id: int, now: int | None) -> None:
    """This phone wants no texts: what it told us before with a yes is about the same phone. `now`:
    the item that they say it on."""
    of_phone.not_wanted(session, caller_id, now)
    replies.take_back(session, caller_id, replies.NO_MORE)


def signal(item: Feedback, signals: Sequence[str]) -> None:
    """Put on the item what somebody's words or answers signal (see `signals.found`)."""
    item.signals = [*item.signals, *(s for s in signals if s not in item.signals)]


def reopen(session: Session, item: Feedback, at: datetime, why: str = ADDED) -> None:
    """New words, or a voice without: not coded yet, and what is over or waits goes back to be read.

    What waits comes back as on its day, to whoever had it: the answer may be what they wait for.
    What is over is nobody's: whoever finished it may have left, and looks at it no more.
    """
    item.words_at = max(at, item.words_at or at)
    if item.status in (Status.FINISHED, Status.WAITING):
        if item.status is Status.FINISHED:
            item.assigned_to = None
        after = Status.IN_PROGRESS if item.assigned_to else Status.NEW
        moved(session, item, after, THE_CALLER, why, at)
        item.closed_at = item.waiting_until = None  # its day has no more to say


def other_script(text: str) -> bool:
    """Whether most letters are not Latin: a person who reads that language should see it first."""
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    return len(foreign) * 2 > len(letters)
