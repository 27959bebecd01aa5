"""A phone rings: what it texted of itself counts, and what its caller says counts for its texts."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from dialogue.intake import Door
from dialogue.thread import NO, restored
from store import ledger, talks
from store.models import Conversation


def said_not_safe(session: Session, door: Door, talk: Conversation, called: str) -> bool:
    """Whether a phone that rings has told us by text that it is not safe, and not taken it back.

    `called`: the number of ours, where it is known. Their texts wait for this one's commit: a "not
    safe" that comes at this moment finds the item of the call.
    """
    if talk.caller_id is None:
        return False
    found = [
        talks.texted(session, talk.caller_id, number)
        for number in _ours(session, door, talk, called)
    ]
    return any(thread and restored(thread.state).safe == NO for thread in found)


def _ours(session: Session, door: Door, talk: Conversation, called: str) -> Sequence[str]:
    """The numbers of ours that this phone may have texted, in the order of their locks."""
    told = [called] if called else [to for to, _ in ledger.ends(session, door.seal, talk.key)]
    return sorted({*told, *(listed.number for listed in door.script.line.numbers)})
