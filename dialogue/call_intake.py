"""A call arrives, a key is pressed, somebody spoke: kept at once, then one step further."""

from sqlalchemy.orm import Session

from dialogue import call_turn, calling
from dialogue.call import Call, Did
from dialogue.call_items import FORGOTTEN, Ringing, close, identify, keep_given, keep_take
from dialogue.intake import NOT_LISTED, Answer, Arrival, Door
from store import talks
from store.arrival_rows import Caller, Channel


def take(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """One step of a call. What was pressed or said is kept, even where the step makes no sense."""
    script, called = door.script, arrival.get("To")
    number = script.line.number(called)
    if number is None:
        return Answer(
            door.turn(call_turn.not_ours(script)),
            quarantine=f"a call {NOT_LISTED}",
        )
    caller_id = caller.id if caller else None
    talk = talks.begun(session, Channel.VOICE, arrival.sid, caller_id, arrival.at)
    ringing = Ringing(session, door, arrival, talk)
    identify(ringing, caller, called)
    can_ring = caller is not None and caller.reachable
    call = Call(**talk.state) if talk.state else call_turn.new_call(script.line, number, can_ring)
    did = call_turn.done(script, arrival, talk.started_at)
    ring = keep_take(ringing, call, did)
    if arrival.get("CallStatus") in call_turn.OVER:
        return _hung_up(ringing, call, did, ring)
    turn = call_turn.next_turn(script, arrival, call, did)
    item = keep_given(ringing, turn)
    if turn.reference:
        turn = call_turn.with_reference(script, turn, item.reference if item else None)
    made_no_sense = not call_turn.fits(arrival, call)
    turn = turn._replace(call=turn.call._replace(turn=call_turn.following(arrival, call)))
    # What comes behind the turns after it waited on a host's disk: its caller has long gone on.
    if call_turn.came(arrival, call) >= call.turn:
        talk.state, talk.touched_at = turn.call._asdict(), arrival.at
        talk.closes_at = arrival.at + FORGOTTEN
    talks.save(session, talk)
    return Answer(
        door.turn(turn),
        ring=ring,
        seconds=did.seconds or None,
        quarantine=f"a step that fits nowhere: turn {arrival.turn[:20]}" if made_no_sense else None,
    )


def _hung_up(ringing: Ringing, call: Call, did: Did, ring: int | None) -> Answer:
    """The caller is gone: a key that came with the hang-up still counts, and so does a take."""
    session, door, arrival, talk = ringing
    if did.keys and did.take is None and call_turn.fits(arrival, call):
        keep_given(ringing, calling.step(door.script, call, did))
    close(ringing)
    last = did.take or call.last_take
    ended = call._replace(last_take=last, ended=True, turn=call_turn.following(arrival, call))
    talk.state = ended._asdict()
    talks.save(session, talk)
    return Answer(door.text(None), ring=ring, seconds=did.seconds or None)
