"""What became of a recording, kept on its row: stored, or why it waits or a person must listen."""

from datetime import datetime

from sqlalchemy.orm import Session

from dialogue import items
from speech.audio import Sound
from store import copies, recordings_due, single
from store.models import Feedback, Heard, Recording
from workers.room import Room

LONGEST = 300  # characters of a reason, as its column has it


def waits(
    session: Session, take: Recording, reason: str, due_at: datetime, attempts: int | None = None
) -> None:
    """Not this time: kept as it is, with the reason, until `due_at`."""
    counted = {} if attempts is None else {"attempts": attempts}
    said = f"{recordings_due.ONCE_MORE if recordings_due.ended_before(take) else ''}{reason}"
    recordings_due.settle(session, take, reason=said[:LONGEST], due_at=due_at, **counted)


def tries(take: Recording, kind: str) -> int:
    """How often this trouble has come by now: what the row last told of must be its like.

    One count serves all causes, and a long outage before it must not make its first time the last.
    """
    return take.attempts if kind in (take.reason or "") else 1


def failed(session: Session, room: Room, take: Recording, reason: str) -> None:
    """A named end that a person sees."""
    single.row(session, Feedback, take.feedback_id, lock=True)  # first, as whoever erases both does
    ended = {"state": Heard.FAILED, "reason": reason[:LONGEST], "due_at": None}
    if recordings_due.settle(session, take, **ended):
        wordless(session, room, take)


def wordless(session: Session, room: Room, claimed: Recording) -> None:
    """A voice ended without words: its item goes back to people, who may have done with it.

    Once: whoever finished it since has seen that it has none, and catch-up asks each hour anew.
    """
    if recordings_due.ended_before(claimed):
        return
    item = single.row(session, Feedback, claimed.feedback_id, lock=True)
    if item is not None:
        items.reopen(session, item, room.now(), items.NO_WORDS)
        single.save(session, item)


def unheard(
    session: Session, room: Room, claimed: Recording, sound: Sound, reason: str
) -> int | None:
    """No machine of ours knows the language: a person has to listen, and sees why.

    The audio is ours and plays, so Twilio's copy goes, unless ours was cut off. The id of that
    deletion, or None.
    """
    take = in_hand(session, claimed)
    if take is None:
        return None
    take.state, take.reason, take.seconds = Heard.UNCLEAR, reason, round(sound.seconds, 2)
    take.due_at = take.claimed_until = None
    single.save(session, take)
    wordless(session, room, claimed)
    if sound.cut_short:
        return None
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


def in_hand(session: Session, claimed: Recording) -> Recording | None:
    """The take, if it is still to be heard, and by us: it may be erased, or another's by now.

    Its item is locked first, as whoever erases both does.
    """
    single.row(session, Feedback, claimed.feedback_id, lock=True)
    take = single.row(session, Recording, claimed.id, lock=True)
    ours = take is not None and take.claimed_until == claimed.claimed_until
    return take if ours and take is not None and take.state is Heard.STORED else None


def sentence(reason: str | None) -> str | None:
    """A reason as staff read it on its own."""
    if not reason:
        return None
    return reason[0].upper() + reason[1:] + ("" if reason.endswith("?") else ".")
