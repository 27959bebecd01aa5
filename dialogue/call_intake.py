"""A call arrives, a key is pressed, somebody spoke: kept at once, then one step further."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue import calling, items, phone_intake
from dialogue.call import Call, Did, Say, Turn
from dialogue.intake import Answer, Arrival, Door
from dialogue.script import Number
from dialogue.thread import NO
from store import recordings_due, single, talks
from store.models import Caller, Channel, Conversation, Feedback, Heard, Ledger

OVER = {"completed", "busy", "failed", "no-answer", "canceled"}
NEVER_CAME = {"absent": Heard.NO_SPEECH, "failed": Heard.FAILED}

# A call whose end nobody told us is over by then: 20 minutes of talk, and some more.
FORGOTTEN = timedelta(hours=1)


def take(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """One step of a call. What was pressed or said is kept, even where the step makes no sense."""
    number = door.script.line.number(arrival.get("To"))
    if number is None:
        first = door.script.line.languages[0]
        words = Say("not_ours", door.script.spoken(first, "not_ours"), first)
        return Answer(
            door.turn(Turn(Call(), said=(words,), wait="end")),
            quarantine="a call to a number that is not in line.toml",
        )
    caller_id = caller.id if caller else None
    talk = talks.begun(session, Channel.VOICE, arrival.sid, caller_id, arrival.at)
    identify(session, door, talk, caller, arrival.get("To"))
    call = Call(**talk.state) if talk.state else _new_call(door, number, caller)
    did = _did(door, arrival, talk)
    ring = _keep_take(session, door, arrival, talk, call, did)
    if arrival.get("CallStatus") in OVER:
        return _hung_up(session, door, arrival, talk, call, did, ring)
    turn = _turn(door, arrival, call, did)
    item = _keep_given(session, door, arrival, talk, turn)
    turn = _with_reference(door, turn, item) if turn.reference else turn
    made_no_sense = not _fits(arrival, call)
    turn = turn._replace(call=turn.call._replace(turn=_next(arrival, call)))
    # What comes behind the turns after it waited on a host's disk: its caller has long gone on.
    if _came(arrival, call) >= call.turn:
        talk.state, talk.touched_at = turn.call._asdict(), arrival.at
        talk.closes_at = arrival.at + FORGOTTEN
    talks.save(session, talk)
    return Answer(
        door.turn(turn),
        ring=ring,
        seconds=did.seconds or None,
        quarantine=f"a step that fits nowhere: turn {arrival.turn[:20]}" if made_no_sense else None,
    )


def identify(
    session: Session, door: Door, talk: Conversation, caller: Caller | None, called: str
) -> None:
    """A recording's callback names no caller; if it came first, the item learns who rang now."""
    if caller is None or talk.caller_id is not None:
        return
    talk.caller_id = caller.id
    item = _item(session, talk)
    if item:
        item.caller_id = caller.id
        if phone_intake.said_not_safe(session, door, talk, called):
            item.safe = False
        single.save(session, item)


def _item(session: Session, talk: Conversation) -> Feedback | None:
    """The call's item, locked: what a colleague saves at this moment is not undone."""
    number = talk.feedback_id
    return single.row(session, Feedback, number, lock=True) if number else None


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
    seconds = whole_seconds(arrival.get("RecordingDuration"))
    return Did(
        keys="" if keys == "hangup" else keys,
        take=None if seconds == 0 else sid,
        seconds=seconds or 0.0,
        long_enough=arrival.at - talk.started_at > minutes,
    )


def whole_seconds(value: str) -> float | None:
    """Whole seconds as Twilio writes them; None if it wrote none."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


def _came(arrival: Arrival, call: Call) -> int:
    counted = re.fullmatch("[0-9]{1,3}", arrival.turn)
    return int(arrival.turn) if counted else call.turn


def _next(arrival: Arrival, call: Call) -> int:
    return max(_came(arrival, call) + 1, call.turn)


def _turn(door: Door, arrival: Arrival, call: Call, did: Did) -> Turn:
    if not _fits(arrival, call):
        return calling.astray(door.script, call, did)
    if arrival.turn == "0":
        return calling.begin(door.script, call)
    return calling.step(door.script, call, did)


def _fits(arrival: Arrival, call: Call) -> bool:
    """Whether this is the turn that the call waits for. `f3` is turn 3, which our main address
    could not take (`handlers/fallback.py`): the key in it may say that ringing is not safe. Whose
    first turn failed has heard nothing of us yet."""
    return arrival.turn == str(call.turn) or (call.turn > 0 and arrival.turn == f"f{call.turn}")


def _item_of(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, call: Call
) -> Feedback:
    """The call's item, or a new one, for its first answer or recording. To be written."""
    item = _not_removed(session, talk, arrival.at) or _begun(session, door, arrival, talk, call)
    if call.purpose == "advice":
        item.purpose = call.purpose
    return item


def _begun(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, call: Call
) -> Feedback:
    line = door.script.line
    item = items.begun(
        talk, line=line.id, notice=line.notice, language=call.language, at=arrival.at
    )
    if phone_intake.said_not_safe(session, door, talk, arrival.get("To")):
        item.safe = False
    return item


def _not_removed(session: Session, talk: Conversation, at: datetime) -> Feedback | None:
    """The call's item, unless its person had it removed before this moment.

    What they go on to tell is something new, and is not to vanish with it.
    """
    item = _item(session, talk)
    if item is None or not (item.erased_at or (item.hidden_at and item.hidden_at < at)):
        return item
    item.complete = True
    single.save(session, item)
    return None


def expect(
    session: Session,
    door: Door,
    arrival: Arrival,
    talk: Conversation,
    call: Call,
    take: str,
    seconds: float | None,
) -> int | None:
    """Somebody spoke: on the call's item, before anybody has the audio. The row to ring for."""
    item = _item_of(session, door, arrival, talk, call)
    items.voiced(item)
    items.written(session, talk, item)
    return recordings_due.expect(
        session,
        item.id,
        take,
        talk.key,
        arrival.at,
        language=call.language,
        seconds=seconds,
        replaces=(call.replaces or "").split(),
    )


def _keep_take(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, call: Call, did: Did
) -> int | None:
    if did.take is None:
        return None
    ring = expect(session, door, arrival, talk, call, did.take, did.seconds or None)
    for status in _said_before(session, did.take):
        recordings_due.never_came(session, did.take, NEVER_CAME[status], "")
    return ring


def _said_before(session: Session, take: str) -> Sequence[str]:
    """Whether Twilio said that it has no audio of a take before the call itself told of it."""
    return session.scalars(
        select(Ledger.turn).where(
            Ledger.kind == "recording", Ledger.sid == take, Ledger.turn.in_(NEVER_CAME)
        )
    ).all()


def _keep_given(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, turn: Turn
) -> Feedback | None:
    ends = turn.wait == "end"
    if turn.gave:
        if turn.gave.get("contact") == NO and turn.pressed:
            phone_intake.take_back(session, door, talk, arrival.get("To"))
        item = _item_of(session, door, arrival, talk, turn.call)
        items.give(item, turn.gave)
        item.complete = item.complete or ends
        items.written(session, talk, item)
        return item if ends else None
    return _completed(session, talk) if ends else None  # most steps read no item


def _with_reference(door: Door, turn: Turn, item: Feedback | None) -> Turn:
    language = turn.call.language
    if item is None:
        last = Say("goodbye", door.script.spoken(language, "goodbye"), language)
    else:
        spelled = ", ".join(item.reference)
        last = Say("end", door.script.spoken(language, "end", spelled=spelled), language)
    return turn._replace(said=(*turn.said, last))


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
    if did.keys and did.take is None and _fits(arrival, call):
        _keep_given(session, door, arrival, talk, calling.step(door.script, call, did))
    close(session, talk)
    last = did.take or call.last_take
    ended = call._replace(last_take=last, ended=True, turn=_next(arrival, call))
    talk.state = ended._asdict()
    talks.save(session, talk)
    return Answer(door.text(None), ring=ring, seconds=did.seconds or None)


def close(session: Session, talk: Conversation) -> None:
    """A call is over: its item is complete as it is."""
    _completed(session, talk)
    talk.closes_at = None


def _completed(session: Session, talk: Conversation) -> Feedback | None:
    item = _item(session, talk)
    if item:
        item.complete = True
        single.save(session, item)
    return item
