"""A phone rings: what it texted of itself counts, and what its caller says counts for its texts."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from dialogue.intake import Door
from dialogue.thread import NO, restored
from store import ledger, of_phone, replies, talks
from store.arrival_rows import Conversation


def said_not_safe(session: Session, door: Door, talk: Conversation, called: str) -> bool:
    """Whether a phone that rings has told us by text that it is not safe, and not taken it back.

    `called`: the number of ours, where it is known.
    """
    threads = _threads(session, door, talk, called)
    return any(restored(thread.state).safe == NO for thread in threads)


def take_back(session: Session, door: Door, talk: Conversation, called: str) -> None:
    """The caller said no to being rung, and to that being safe: what they told us before, with a
    yes, is about the same phone. To be called before the item of the call, if it has one, is
    locked: whoever texts takes their thread first, and then all their items."""
    if talk.caller_id is not None:
        _threads(session, door, talk, called)
        of_phone.not_wanted(session, talk.caller_id, talk.feedback_id)
        replies.take_back(session, talk.caller_id, replies.NOT_WANTED)


def _threads(
    session: Session, door: Door, talk: Conversation, called: str
) -> Sequence[Conversation]:
    """What this phone texts to numbers of ours; its texts wait for this commit. So a "not safe"
    that comes at this moment finds the item of the call."""
    if talk.caller_id is None:
        return []
    told = [called] if called else [to for to, _ in ledger.ends(session, door.seal, talk.key)]
    ours = {*told, *(listed.number for listed in door.script.line.numbers)}
    found = [talks.texted(session, talk.caller_id, number) for number in sorted(ours)]
    return [thread for thread in found if thread]
