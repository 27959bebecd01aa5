"""A recording goes, with its words and its audio: another take is in its place, or it is erased."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import copies, corrections
from store.models import Recording
from workers.room import Room


def drop_replaced(session: Session, room: Room, take: Recording) -> None:
    """The caller recorded again, and the new take has speech: the ones before it go."""
    before = take.replaces
    while before:
        old = session.scalars(
            select(Recording).where(Recording.sid == before, Recording.call_sid == take.call_sid)
        ).one_or_none()
        before = old.replaces if old else None
        if old:
            _drop(session, room, old)


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
