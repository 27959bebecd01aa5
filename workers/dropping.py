"""A recording goes, with its words and its audio: another take is in its place, or it is erased."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import copies, corrections, removals, single
from store.models import Feedback, Heard, Recording
from triage import safeguarding
from workers.room import Room

WEIGHED = (Heard.WORDS, Heard.NO_SPEECH)


def drop_replaced(session: Session, room: Room, take: Recording) -> None:
    """A take of a call was heard. Those that the caller recorded again go, once they were heard too
    and a take in their place has speech. What cannot wait, and what is on hold, stays as it is: a
    caller may have been overheard, or frightened of their own words. The desk shows which it is.
    """
    ours = Recording.feedback_id == take.feedback_id, Recording.call_sid == take.call_sid
    takes = session.scalars(select(Recording).where(*ours)).all()
    gone = replaced({one.sid: one for one in takes})
    item = single.row(session, Feedback, take.feedback_id) if gone else None
    if item is None or safeguarding.recorded(item) or removals.held(session, item):
        return
    for one in gone:
        for later in takes:
            if later.replaces == one.sid:
                later.replaces = one.replaces  # what was before it may be heard only after it
        _drop(session, room, one)


def replaced(takes: Mapping[str, Recording]) -> Sequence[Recording]:
    """Of the takes of a call, by their SIDs: those that are heard, with words in the last one after
    them. What no machine could make out is a person's to hear. What was itself recorded again takes
    nothing with it: it may be a part of a message that was cut off, and if nothing is said in its
    place, the parts are all there is.
    """
    again = {take.replaces for take in takes.values()}
    gone = {}
    for take in takes.values():
        last = take.state is Heard.WORDS and take.sid not in again
        before = takes.get(take.replaces or "") if last else None
        while before:
            gone[before.sid] = before
            before = takes.get(before.replaces or "")
    return [take for take in gone.values() if take.state in WEIGHED]


def remove(session: Session, room: Room, take: Recording) -> None:
    """A take that somebody had erased: words, audio at once, row, and Twilio's copy."""
    if take.audio_key:
        room.recordings.delete(take.audio_key)
    _drop(session, room, take)


def _drop(session: Session, room: Room, take: Recording) -> None:
    copies.to_delete(session, copies.RECORDING, take.sid, room.now())
    if take.audio_key:
        # A bucket may take its time, and others wait for this transaction: the sweep deletes.
        copies.discard(session, take.audio_key, room.now())
    corrections.forget(session, take)
    for transcript in take.transcripts:
        session.delete(transcript)
    session.flush()
    session.delete(take)
