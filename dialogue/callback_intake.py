"""What Twilio says of a call beside its turns: a recording is ready or never came, a call ended."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from dialogue.call import Call
from dialogue.call_items import FORGOTTEN, NEVER_CAME, Ringing, close, expect, identify
from dialogue.call_turn import OVER, whole_seconds
from dialogue.intake import Answer, Arrival, Door, who
from store import copies, ledger, recordings_told, talks
from store.arrival_rows import Caller, Channel


def ended(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """Twilio says that a call is over: what was pressed and said is complete as it is."""
    talk = talks.found(session, Channel.VOICE, arrival.sid)
    if talk and arrival.get("CallStatus") in OVER:
        ringing = Ringing(session, door, arrival, talk)
        _rang(ringing, [(arrival.get("To"), arrival.get("From"))])
        close(ringing)
        talks.save(session, talk)
    return Answer(
        door.text(None), quarantine=None if arrival.clean_sid("CallSid", "CA") else "no CallSid"
    )


def _rang(ringing: Ringing, told: Iterable[tuple[str, str]]) -> None:
    """Who rang, where no turn of the call came to us: another host answered it, or ours was away.
    Without it their DELETE finds nothing, and nobody can ring them back. `told`: to whom and from
    whom the call was; not asked for where it is known."""
    session, door, arrival, talk = ringing
    if talk.caller_id is not None:
        return
    for to, came_from in told:
        if door.script.line.number(to):
            identify(ringing, who(session, door, came_from, arrival.at), to)


def recording(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """Twilio says how a recording fared; before or after the call's own word of it, or alone."""
    sid, call_sid = arrival.clean_sid("RecordingSid", "RE"), arrival.clean_sid("CallSid", "CA")
    if sid is None or call_sid is None:
        return Answer(door.text(None), quarantine="a recording without its SIDs")
    status = arrival.get("RecordingStatus")
    if status == "completed":
        return Answer(
            door.text(None),
            ring=_ready(session, door, arrival, sid, call_sid),
            seconds=whole_seconds(arrival.get("RecordingDuration")) or None,
        )
    if status in NEVER_CAME:
        _never_came(session, door, arrival, sid, call_sid)
    return Answer(door.text(None))


def _never_came(session: Session, door: Door, arrival: Arrival, sid: str, call_sid: str) -> None:
    """There is no audio. Of a take that failed a person is to know: somebody may have spoken."""
    status, code = arrival.get("RecordingStatus"), arrival.get("ErrorCode")[:10]
    told = status == "absent" or recordings_told.known(session, sid)
    if not told and not copies.erased(session, sid, arrival.at):
        _told_of(session, door, arrival, sid, call_sid)
    recordings_told.never_came(session, sid, NEVER_CAME[status], code)


def _ready(session: Session, door: Door, arrival: Arrival, sid: str, call_sid: str) -> int | None:
    if take := recordings_told.known(session, sid):
        return recordings_told.ready(session, take, arrival.at)
    if copies.erased(session, sid, arrival.at):
        return None  # its item was erased while Twilio was still making it
    if whole_seconds(arrival.get("RecordingDuration")) == 0:
        return None  # silence: the caller's next turn, not a message
    return _told_of(session, door, arrival, sid, call_sid)


def _told_of(session: Session, door: Door, arrival: Arrival, sid: str, call_sid: str) -> int | None:
    """A take that no turn of its call has told of: on the item of the call. The row to ring for."""
    talk = talks.begun(session, Channel.VOICE, call_sid, None, arrival.at)
    ringing = Ringing(session, door, arrival, talk)
    _rang(ringing, ledger.ends(session, door.seal, call_sid))
    line = door.script.line
    call = Call(**talk.state) if talk.state else Call(language=line.languages[0])
    seconds = whole_seconds(arrival.get("RecordingDuration"))
    ring = expect(ringing, call, sid, seconds)
    # The caller may have gone long ago, with no more word to come: an hour on, it is complete.
    talk.closes_at = arrival.at + FORGOTTEN
    talks.save(session, talk)
    return ring
