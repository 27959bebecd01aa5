"""One turn of a call as Twilio tells of it: what came, whether it fits, what is heard next. Pure.

Where the caller goes from there `calling` decides.
"""

import re
from datetime import datetime, timedelta

from dialogue import calling
from dialogue.call import Call, Did, Say, Turn
from dialogue.intake import Arrival
from dialogue.script import Line, Number, Script

OVER = {"completed", "busy", "failed", "no-answer", "canceled"}


def new_call(line: Line, number: Number, can_ring: bool) -> Call:
    """A call to this number of ours, before its first turn."""
    return Call(
        language=line.languages[0],
        menu=number.menu,
        silence=number.silence or line.limits.silence_seconds,
        can_ring=can_ring,
    )


def done(script: Script, arrival: Arrival, since: datetime) -> Did:
    """What the caller of a call that began at `since` did."""
    keys = arrival.get("Digits")
    minutes = timedelta(minutes=script.line.limits.call_minutes)
    sid = arrival.clean_sid("RecordingSid", "RE")
    seconds = whole_seconds(arrival.get("RecordingDuration"))
    return Did(
        keys="" if keys == "hangup" else keys,
        take=None if seconds == 0 else sid,
        seconds=seconds or 0.0,
        long_enough=arrival.at - since > minutes,
    )


def whole_seconds(value: str) -> float | None:
    """Whole seconds as Twilio writes them; None if it wrote none."""
    return float(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


def came(arrival: Arrival, call: Call) -> int:
    """The number of the turn that came; of one without a number, the one that is waited for."""
    counted = re.fullmatch("[0-9]{1,3}", arrival.turn)
    return int(arrival.turn) if counted else call.turn


def following(arrival: Arrival, call: Call) -> int:
    """The number of the turn that comes next: none is waited for twice."""
    return max(came(arrival, call) + 1, call.turn)


def fits(arrival: Arrival, call: Call) -> bool:
    """Whether this is the turn that the call waits for. `f3` is turn 3, which our main address
    could not take (`handlers/fallback.py`): the key in it may say that ringing is not safe. Whose
    first turn failed has heard nothing of us yet."""
    return arrival.turn == str(call.turn) or (call.turn > 0 and arrival.turn == f"f{call.turn}")


def next_turn(script: Script, arrival: Arrival, call: Call, did: Did) -> Turn:
    """What the caller hears next, and where they are then."""
    if not fits(arrival, call):
        return calling.astray(script, call, did)
    if arrival.turn == "0":
        return calling.begin(script, call)
    return calling.step(script, call, did)


def with_reference(script: Script, turn: Turn, reference: str | None) -> Turn:
    """A last turn with its goodbye: the reference of what was told, where there is any."""
    language = turn.call.language
    if reference is None:
        last = Say("goodbye", script.spoken(language, "goodbye"), language)
    else:
        spelled = ", ".join(reference)
        last = Say("end", script.spoken(language, "end", spelled=spelled), language)
    return turn._replace(said=(*turn.said, last))


def not_ours(script: Script) -> Turn:
    """Somebody rang a number that is not in the script."""
    first = script.line.languages[0]
    return Turn(
        Call(), said=(Say("not_ours", script.spoken(first, "not_ours"), first),), wait="end"
    )
