"""A call arrives, a key is pressed, a recording is ready, a call ended."""

from flask import Blueprint, Response, request, send_from_directory

from handlers.arriving import let_in
from handlers.fallback import call_after_all, call_again
from handlers.house import house
from handlers.signature import refuse_unsigned
from handlers.twiml import PROMPTS

bp = Blueprint("voice", __name__)
prompts = Blueprint("prompts", __name__)
bp.before_request(refuse_unsigned)
bp.post("/voice/fallback")(call_again)
bp.register_error_handler(500, call_after_all)


@bp.post("/voice")
def call_arrives() -> Response:
    """Somebody rings. Answers the opening and the first menu."""
    return let_in("call", "CallSid", "0")


@bp.post("/voice/<path:turn>")
def next_turn(turn: str) -> Response:
    """One step of a call. An address that fits nowhere leads to the tone, never to an error."""
    return let_in("call", "CallSid", turn)


@bp.post("/voice/recording")
def recording_fared() -> Response:
    """Twilio has a recording ready, or has none. Before or after the call's own word of it."""
    return let_in("recording", "RecordingSid", request.form.get("RecordingStatus", ""))


@bp.post("/voice/status")
def call_ended() -> Response:
    """Twilio says that a call is over: the only word we get of a hang-up in a menu."""
    return let_in("ended", "CallSid", request.form.get("CallStatus", ""))


@prompts.get(f"/voice/{PROMPTS}/<language>/<name>")
def recorded(language: str, name: str) -> Response:
    """A phrase in a human voice. Public: it is what anybody hears who rings."""
    # Both parts as one name: a language called ".." would lead out of the folder.
    folder = house().door.script.folder.absolute() / PROMPTS
    return send_from_directory(folder, f"{language}/{name}", max_age=3600)
