"""Tells somebody by text that what they asked to have removed is gone; where that is safe."""

from datetime import datetime

from sqlalchemy.orm import Session

from store import of_phone, outgoing, references, replies
from store.erasure_rows import Way
from store.models import Feedback
from triage import removing
from workers.room import Room


def tell(session: Session, room: Room, item: Feedback, way: Way, at: datetime) -> bool:
    """Queue the text, from the number that they know us by. The sweep rings for it.

    It names a reference and nothing else; it goes, with the number, once it has arrived.
    """
    caller, script = item.caller, room.script
    if caller is None:
        return False
    if not removing.may_tell(item, caller, way, doubt=of_phone.in_doubt(session, item)):
        return False
    sender = script.line.sender_to(replies.sender(session, room.seal, item))
    if sender is None:
        return False
    words = script.text(script.line.languages[0], "erased", ref=references.shown(item.reference))
    made = outgoing.make(
        session,
        key=f"{replies.ERASED}{item.reference}",
        caller_id=caller.id,
        feedback_id=None,
        sender=sender,
        body=words,
        at=at,
    )
    return made is not None
