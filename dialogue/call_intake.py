"""A call arrives, a key is pressed, a recording is ready, a call ended: each kept at once."""

from dataclasses import asdict, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue import calling, items
from dialogue.calling import Call, Did, Say, Turn
from dialogue.intake import Answer, Arrival, Door, conversation
from dialogue.script import Number
from store import recordings_due
from store.models import Caller, Channel, Conversation, Feedback, Heard, Recording

OVER = {"completed", "busy", "failed", "no-answer", "canceled"}

# A call whose end nobody told us is over by then: 20 minutes of talk, and some more.
FORGOTTEN = timedelta(hours=1)


def take(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """One step of a call. What was pressed or said is kept, even where the step makes no sense."""
    number = door.script.line.number(arrival.get("To"))
    if number is None:
        words = Say("not_ours", door.script.spoken(door.script.line.languages[0], "not_ours"))
        return Answer(
            door.turn(Turn(Call(), said=(words,), wait="end")),
            quarantine="a call to a number that is not in line.toml",
        )
    talk = conversation(session, Channel.VOICE, arrival.sid, caller, arrival.at)
    call = Call(**talk.state) if talk.state else _new_call(door, number, caller)
    did = _did(door, arrival, talk)
    ring = _keep_take(session, door, arrival, talk, call, did)
    if arrival.get("CallStatus") in OVER:
        return _hung_up(session, door, arrival, talk, call, did, ring)
    turn = _turn(door, arrival, call, did)
    item = _keep_given(session, door, arrival, talk, turn)
    turn = _with_reference(door, turn, item) if turn.reference else turn
    made_no_sense = arrival.turn != str(call.turn)
    turn = replace(turn, call=replace(turn.call, turn=_next(arrival, call)))
    talk.state, talk.touched_at = asdict(turn.call), arrival.at
    talk.closes_at = arrival.at + FORGOTTEN
    return Answer(
        door.turn(turn),
        ring=ring,
        quarantine=f"a step that fits nowhere: turn {arrival.turn[:20]}" if made_no_sense else None,
    )


def _new_call(door: Door, number: Number, caller: Caller | None) -> Call:
    line = door.script.line
    return Call(
        language=line.languages[0],
        menu=number.menu,
        silence=number.silence or line.limits.silence_seconds,
        can_ring=caller is not None and caller.reachable,
    )


def _did(door: Door, arrival: Arrival, talk: Conversation) -> Did:
    keys = arrival.get("Digits")
    minutes = timedelta(minutes=door.script.line.limits.call_minutes)
    sid = arrival.clean_sid("RecordingSid", "RE")
    seconds = _seconds(arrival.get("RecordingDuration"))
    return Did(
        keys="" if keys == "hangup" else keys,
        take=None if seconds == 0 else sid,
        seconds=seconds or 0.0,
        long_enough=arrival.at - talk.started_at > minutes,
    )


def _seconds(value: str) -> float | None:
    """Whole seconds as Twilio writes them; None if it wrote none."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


def _next(arrival: Arrival, call: Call) -> int:
    came = int(arrival.turn) if arrival.turn.isdigit() and len(arrival.turn) < 4 else call.turn
    return max(came, call.turn) + 1


def _turn(door: Door, arrival: Arrival, call: Call, did: Did) -> Turn:
    if arrival.turn == "0":
        return calling.begin(door.script, call)
    if arrival.turn != str(call.turn):
        return calling.astray(door.script, call)
    return calling.step(door.script, call, did)


def _item(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, call: Call
) -> Feedback:
    """The call's item, opened by its first answer or recording."""
    found = session.get(Feedback, talk.feedback_id) if talk.feedback_id else None
    line = door.script.line
    item = found or items.open_for(
        session, talk, line=line.id, notice=line.notice, language=call.language, at=arrival.at
    )
    if call.purpose == "advice":
        item.purpose = call.purpose
    return item


def _keep_take(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, call: Call, did: Did
) -> int | None:
    if did.take is None:
        return None
    item = _item(session, door, arrival, talk, call)
    return recordings_due.expect(
        session,
        item.id,
        did.take,
        arrival.sid,
        arrival.at,
        language=call.language,
        seconds=did.seconds or None,
        replaces=call.replaces,
    )


def _keep_given(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, turn: Turn
) -> Feedback | None:
    if turn.gave:
        items.give(_item(session, door, arrival, talk, turn.call), turn.gave)
    item = session.get(Feedback, talk.feedback_id) if talk.feedback_id else None
    if item and turn.wait == "end":
        item.complete = True
    return item


def _with_reference(door: Door, turn: Turn, item: Feedback | None) -> Turn:
    language = turn.call.language
    if item is None:
        last = Say("goodbye", door.script.spoken(language, "goodbye"), language)
    else:
        spelled = ", ".join(item.reference)
        last = Say("end", door.script.spoken(language, "end", spelled=spelled), language)
    return replace(turn, said=(*turn.said, last))


def _hung_up(
    session: Session,
    door: Door,
    arrival: Arrival,
    talk: Conversation,
    call: Call,
    did: Did,
    ring: int | None,
) -> Answer:
    """The caller is gone: a key that came with the hang-up still counts, and so does a take."""
    if did.keys and did.take is None and arrival.turn == str(call.turn):
        _keep_given(session, door, arrival, talk, calling.step(door.script, call, did))
    _close(session, talk)
    talk.state = asdict(
        replace(call, last_take=did.take or call.last_take, ended=True, turn=_next(arrival, call))
    )
    return Answer(door.text(None), ring=ring)


def _close(session: Session, talk: Conversation) -> None:
    item = session.get(Feedback, talk.feedback_id) if talk.feedback_id else None
    if item:
        item.complete = True
    talk.closes_at = None


def ended(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """Twilio says that a call is over: what was pressed and said is complete as it is."""
    found = session.scalars(
        select(Conversation)
        .where(
            Conversation.channel == Channel.VOICE,
            Conversation.key == arrival.sid,
        )
        .with_for_update()
    ).one_or_none()
    if found and arrival.get("CallStatus") in OVER:
        _close(session, found)
    return Answer(
        door.text(None), quarantine=None if arrival.clean_sid("CallSid", "CA") else "no CallSid"
    )


def recording(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """Twilio says how a recording fared; before or after the call's own word of it, or alone."""
    sid, call_sid = arrival.clean_sid("RecordingSid", "RE"), arrival.clean_sid("CallSid", "CA")
    if sid is None or call_sid is None:
        return Answer(door.text(None), quarantine="a recording without its SIDs")
    status = arrival.get("RecordingStatus")
    if status == "completed":
        return Answer(door.text(None), ring=_ready(session, door, arrival, sid, call_sid))
    if status in ("absent", "failed"):
        state = Heard.NO_SPEECH if status == "absent" else Heard.FAILED
        recordings_due.never_came(session, sid, state, arrival.get("ErrorCode")[:10])
    return Answer(door.text(None))


def _ready(session: Session, door: Door, arrival: Arrival, sid: str, call_sid: str) -> int | None:
    known = session.scalars(select(Recording).where(Recording.sid == sid)).one_or_none()
    if known:
        return recordings_due.ready(session, known, arrival.at)
    talk = conversation(session, Channel.VOICE, call_sid, None, arrival.at)
    line = door.script.line
    call = Call(**talk.state) if talk.state else Call(language=line.languages[0])
    item = _item(session, door, arrival, talk, call)
    return recordings_due.expect(
        session,
        item.id,
        sid,
        call_sid,
        arrival.at,
        language=call.language,
        seconds=_seconds(arrival.get("RecordingDuration")),
        replaces=call.replaces,
    )
