"""The controls of the practice phone: a call, and what its caller does."""

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import NotFound

from practice import asked
from practice.call import Call
from practice.shown import call_shown
from practice.web import the_phone

calls = Blueprint("calls", __name__, url_prefix="/calls")


@calls.post("")
def ring() -> Response:
    """Ring the line; every answer here is the call as it stands then."""
    return jsonify(call_shown(the_phone().call(asked.caller())))


@calls.get("/<sid>")
def look(sid: str) -> Response:
    """Look at the call, and change nothing."""
    return jsonify(call_shown(_call(sid)))


@calls.post("/<sid>/press")
def press(sid: str) -> Response:
    """Press ``digits``."""
    call = _call(sid)
    call.press(asked.words("digits"))
    return jsonify(call_shown(call))


@calls.post("/<sid>/wait")
def wait(sid: str) -> Response:
    """Say and press nothing."""
    asked.body()
    call = _call(sid)
    call.wait()
    return jsonify(call_shown(call))


@calls.post("/<sid>/speak")
def speak(sid: str) -> Response:
    """Say ``words`` after the tone and finish by ``end``: a key, silence or hangup."""
    call = _call(sid)
    voice = asked.words("voice", "en-gb")
    call.speak(asked.words("words"), asked.words("end", "#"), voice)
    return jsonify(call_shown(call))


@calls.post("/<sid>/hang-up")
def hang_up(sid: str) -> Response:
    """Put down the receiver."""
    asked.body()
    call = _call(sid)
    call.hang_up()
    return jsonify(call_shown(call))


def _call(sid: str) -> Call:
    call = the_phone().calls.get(sid)
    if call is None:
        raise NotFound("there is no such call")
    return call
