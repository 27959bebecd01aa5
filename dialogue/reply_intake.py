"""What a text of ours that was sent, or was lost, changes in the conversation with its phone."""

from datetime import datetime

from sqlalchemy.orm import Session

from dialogue import urgent_items
from dialogue.answers import ORDER
from dialogue.intake import Answer, Arrival, Door
from dialogue.thread import ADVISED, ASKED, HELD, NO, NOTHING, STAFF, restored, still, stored
from store import ledger, outgoing, talks
from store.arrival_rows import Caller, Channel, Conversation
from store.models import Feedback
from store.seal import Seal


def await_words(
    session: Session, item: Feedback, caller: Caller, sender: str, at: datetime
) -> None:
    """A colleague texts them: what they text back belongs to the item that it was about.

    The phone's conversation with that number of ours (`sender`) is about it from now on.

    "Text us back when we may ring": their answer is not to open another item, nor bring a survey.
    Where a question of ours about their care is still open there, or the phone is not safe, nothing
    changes, but that a yes to "Is this phone safe?" may be for the colleague from now on. So may
    one to "May we text you back?", which is closed: of a yes nothing is guessed. Behind words of
    danger what comes next may be more of them: it stays with those, for a week, too.
    """
    talk = talks.begun(session, Channel.TEXT, talks.key(caller.joined, sender), caller.id, at)
    thread = still(restored(talk.state), talk.touched_at, at)
    if talk.removed:
        thread = thread.anew(NOTHING)
    if thread.place in ORDER[:-1] or thread.safe == NO:
        return
    if thread.place == HELD or thread.safe == ASKED:
        talk.state = stored(thread._replace(between=STAFF))
    else:
        talk.state = stored(thread._replace(place=ADVISED, asked_again=False, offered=False))
        _move_on(session, talk, item)
    talk.touched_at = at
    talks.save(session, talk)


def _move_on(session: Session, talk: Conversation, item: Feedback) -> None:
    """The conversation is about this item now; the one before is complete as it is."""
    before = talk.feedback_id
    left = session.get(Feedback, before) if before and before != item.id else None
    if left:
        left.complete = True
    talk.feedback_id = item.id


def fared(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """How a text of ours fared, onto its row. A reply by TwiML has none; of those help counts."""
    status, code = arrival.get("MessageStatus"), arrival.get("ErrorCode")
    outgoing.delivered(session, arrival.sid, status[:20], code[:10])
    if status in outgoing.LOST:
        _help_lost(session, door, arrival)
    return Answer(door.text(None))


def _help_lost(session: Session, door: Door, arrival: Arrival) -> None:
    """Help was not named, if this text named any. Of one with a row the alerts tell."""
    told = arrival.clean_sid("Told", "(SM|MM)")
    if told:
        urgent_items.unanswered(session, told, arrival.known)
    if answered := told or outgoing.helped(session, arrival.sid):
        _lost(session, door.seal, answered)


def _lost(session: Session, seal: Seal, text_sid: str) -> None:
    """The crisis reply to this text did not arrive: the next words of crisis get it at once."""
    to = ledger.to(session, seal, text_sid)
    talk = talks.found(session, Channel.TEXT, talks.key(*to)) if to else None
    if talk:
        talk.state = stored(restored(talk.state)._replace(crisis_at=None))
        talks.save(session, talk)
