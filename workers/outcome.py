"""What became of a recording, kept on its row: stored, words, or why a person must listen."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue import items
from speech.hearing import Heard as Words
from store import copies, recordings_due
from store.models import Feedback, Heard, Recording, Transcript
from triage import urgency
from workers.room import Room

LONGEST = 300  # characters of a reason, as its column has it


def waits(
    session: Session, number: int, reason: str, due_at: datetime, attempts: int | None = None
) -> None:
    """Not this time: kept as it is, with the reason, until `due_at`."""
    counted = {} if attempts is None else {"attempts": attempts}
    recordings_due.settle(session, number, reason=reason[:LONGEST], due_at=due_at, **counted)


def failed(session: Session, number: int, reason: str) -> None:
    """A named end that a person sees."""
    recordings_due.settle(session, number, state=Heard.FAILED, reason=reason[:LONGEST], due_at=None)


def unheard(session: Session, room: Room, number: int, seconds: float, reason: str) -> int | None:
    """No machine of ours knows the language: a person has to listen, and sees why.

    The audio is ours and plays, so Twilio's copy goes: the id of that deletion, or None.
    """
    take = _in_hand(session, number)
    if take is None:
        return None
    take.state, take.reason, take.seconds = Heard.UNCLEAR, reason, round(seconds, 2)
    take.due_at = take.claimed_until = None
    return copies.to_delete(session, copies.RECORDING, take.sid, room.now())


def stored(session: Session, room: Room, number: int, key: str, digest: str) -> Recording | None:
    """The audio is ours now, whatever Twilio said of it meanwhile.

    None if the take was replaced or erased, or if somebody else has stored it already.
    """
    take = session.get(Recording, number, with_for_update=True)
    if take is None or take.audio_key is not None:
        if take is None or take.audio_key != key:
            room.recordings.delete(key)
        return None
    take.state, take.audio_key, take.sha256 = Heard.STORED, key, digest
    take.reason, take.attempts = None, 1
    take.claimed_until = take.due_at = room.now() + room.lease
    return take


def landed(
    session: Session, room: Room, number: int, heard: Words, words: list[dict[str, Any]]
) -> int | None:
    """The words, or their absence, onto the row; the urgent ones up the queue.

    Twilio's copy goes only now: ours is on the disk, its checksum holds, and it decodes.
    The id of that deletion, or None.
    """
    take = _in_hand(session, number)
    if take is None:
        return None
    take.state, take.reason, take.seconds = (
        Heard(heard.state),
        _sentence(heard.reason),
        round(heard.seconds, 2),
    )
    take.due_at = take.claimed_until = None
    first = not take.transcripts
    if words:
        session.add(
            Transcript(
                recording_id=number,
                made_at=room.now(),
                model=heard.model,
                model_hash=heard.model_hash,
                text=heard.text,
                shown=heard.shown,
                confidence=round(heard.confidence, 4),
                words=words,
                shown_words=[asdict(word) for word in heard.shown_words],
            )
        )
        _tell(session, room, take, heard.text, first)
        # An unclear second take may be a cough: then both stay, and a person hears both.
        if take.state is Heard.WORDS:
            _replace(session, room, take)
    return copies.to_delete(session, copies.RECORDING, take.sid, room.now())


def _tell(session: Session, room: Room, take: Recording, text: str, first: bool) -> None:
    """The item hears of words: flagged, and back in the queue unless they are old words anew."""
    item = session.get(Feedback, take.feedback_id, with_for_update=True)
    found = urgency.tier(room.urgent.get(take.language, ()), text)
    if item is None:
        return
    before = item.tier
    items.flag(item, found.tier, list(found.phrases))
    if first or item.tier != before:
        items.reopen(session, item, room.now())


def _replace(session: Session, room: Room, take: Recording) -> None:
    """The caller recorded again, and the new take has speech: the ones before it go."""
    before = take.replaces
    while before:
        old = session.scalars(
            select(Recording).where(Recording.sid == before, Recording.call_sid == take.call_sid)
        ).one_or_none()
        before = old.replaces if old else None
        if old:
            remove(session, room, old)


def remove(session: Session, room: Room, take: Recording) -> None:
    """A take that is not wanted any more: words, audio, row, and Twilio's copy."""
    copies.to_delete(session, copies.RECORDING, take.sid, room.now())
    if take.audio_key:
        room.recordings.delete(take.audio_key)
    for transcript in take.transcripts:
        session.delete(transcript)
    session.flush()
    session.delete(take)


def _in_hand(session: Session, number: int) -> Recording | None:
    """The take, if it is still to be heard: it may be erased, or heard by another worker."""
    take = session.get(Recording, number, with_for_update=True)
    return take if take is not None and take.state is Heard.STORED else None


def _sentence(reason: str | None) -> str | None:
    return f"{reason[0].upper()}{reason[1:]}." if reason else None
