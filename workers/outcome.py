"""What became of a recording, kept on its row: stored, words, or why a person must listen."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dialogue import items, signals
from speech.hearing import Heard as Words
from store import (
    copies,
    corrections,
    feedback,
    recordings_due,
    safeguarding,
    search,
    single,
)
from store.database import insert_once, plainly
from store.models import Feedback, Heard, Recording, Transcript
from store.prepared import Prepared
from triage import ears
from triage.urgency import Found
from workers.room import Room

LONGEST = 300  # characters of a reason, as its column has it
HAS_WORDS = Prepared(
    select(Transcript.id).where(Transcript.recording_id == bindparam("take")).limit(1)
)


def waits(
    session: Session, take: Recording, reason: str, due_at: datetime, attempts: int | None = None
) -> None:
    """Not this time: kept as it is, with the reason, until `due_at`."""
    counted = {} if attempts is None else {"attempts": attempts}
    recordings_due.settle(session, take, reason=reason[:LONGEST], due_at=due_at, **counted)


def failed(session: Session, take: Recording, reason: str) -> None:
    """A named end that a person sees."""
    recordings_due.settle(session, take, state=Heard.FAILED, reason=reason[:LONGEST], due_at=None)


def unheard(
    session: Session, room: Room, claimed: Recording, seconds: float, reason: str
) -> int | None:
    """No machine of ours knows the language: a person has to listen, and sees why.

    The audio is ours and plays, so Twilio's copy goes: the id of that deletion, or None.
    """
    take = _in_hand(session, claimed)
    if take is None:
        return None
    take.state, take.reason, take.seconds = Heard.UNCLEAR, reason, round(seconds, 2)
    take.due_at = take.claimed_until = None
    single.save(session, take)
    return copies.to_delete(session, copies.RECORDING, take.sid, room.now())


def stored(session: Session, room: Room, number: int, key: str, digest: str) -> Recording | None:
    """The audio is ours now, whatever Twilio said of it meanwhile.

    None if the take was replaced or erased, or if somebody else has stored it already.
    """
    take = single.row(session, Recording, number, lock=True)
    if take is None or take.audio_key is not None:
        if take is None or take.audio_key != key:
            copies.discard(session, key, room.now())
        return None
    take.state, take.audio_key, take.sha256 = Heard.STORED, key, digest
    take.reason, take.attempts = None, 1  # whoever fetched it goes on and hears it, unclaimed anew
    take.claimed_until = take.due_at = room.now() + room.lease
    single.save(session, take)
    return take


def weigh(room: Room, language: str, heard: Words) -> Found:
    """What cannot wait in the words. It takes its time, so no transaction is open meanwhile."""
    unclear = Heard(heard.state) is Heard.UNCLEAR
    return ears.tier([room.urgent.get(language, ears.Ear())], heard.text, unclear)


def landed(
    session: Session, room: Room, claimed: Recording, heard: Words, urgent: Found
) -> int | None:
    """The words, or their absence, onto the row; the `urgent` ones (see `weigh`) up the queue.

    Twilio's copy goes only now: ours is on the disk, its checksum holds, and it decodes.
    The id of that deletion, or None.
    """
    take = _in_hand(session, claimed)
    if take is None:
        return None
    take.state, take.reason, take.seconds = (
        Heard(heard.state),
        sentence(heard.reason),
        round(heard.seconds, 2),
    )
    take.due_at = take.claimed_until = None
    single.save(session, take)
    if heard.words:
        first = not _has_words(session, take)
        _write_down(session, room, take, heard)
        search.due(session, take.feedback_id)
        _tell(session, room, take, heard.text, urgent, first)
        # An unclear second take may be a cough: then both stay, and a person hears both.
        if take.state is Heard.WORDS:
            _replace(session, room, take)
    return copies.to_delete(session, copies.RECORDING, take.sid, room.now())


def _has_words(session: Session, take: Recording) -> bool:
    return HAS_WORDS.row(plainly(session), {"take": take.id}) is not None


def _write_down(session: Session, room: Room, take: Recording, heard: Words) -> None:
    insert_once(
        session,
        Transcript,
        recording_id=take.id,
        made_at=room.now(),
        model=heard.model,
        model_hash=heard.model_hash,
        text=heard.text,
        shown=heard.shown,
        confidence=round(heard.confidence, 4),
        words=[vars(word) for word in heard.words],
        shown_words=[vars(word) for word in heard.shown_words],
    )


def _tell(
    session: Session, room: Room, take: Recording, text: str, found: Found, first: bool
) -> None:
    """The item hears of words: flagged, and back in the queue unless they are old words anew.

    What is heard again flags only by what it adds: what a person lowered for what the program
    heard in it before is not raised for that again, and what was decided stays decided.
    """
    item = single.row(session, Feedback, take.feedback_id, lock=True)
    if item is None:
        return
    before, known = item.tier, None if first else _known(session, item)
    if first or feedback.higher(found.tier, known) != known:
        items.flag(item, found.tier, list(found.phrases))
    items.signal(item, signals.found(room.script, text, found.tier))
    if first or item.tier != before:
        items.reopen(session, item, room.now())
        items.summon(session, item, found.tier, before, room.now())
    single.save(session, item)


def _known(session: Session, item: Feedback) -> str | None:
    """The most urgent that an item is, or that a person who judged it knew the program to say."""
    last = safeguarding.last_change(session, item)
    return feedback.higher(item.tier, last.machine if last and last.by else None)


def _replace(session: Session, room: Room, take: Recording) -> None:
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


def _in_hand(session: Session, claimed: Recording) -> Recording | None:
    """The take, if it is still to be heard, and by us: it may be erased, or another's by now."""
    take = single.row(session, Recording, claimed.id, lock=True)
    ours = take is not None and take.claimed_until == claimed.claimed_until
    return take if ours and take is not None and take.state is Heard.STORED else None


def sentence(reason: str | None) -> str | None:
    """A reason as staff read it on its own."""
    if not reason:
        return None
    return reason[0].upper() + reason[1:] + ("" if reason.endswith("?") else ".")
