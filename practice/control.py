"""The practice phone's controls, in JSON: how it refuses what cannot be done."""

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import HTTPException

from practice.call import WrongMomentError
from practice.control_calls import calls
from practice.control_texts import texts
from practice.voice import NoVoiceError

control = Blueprint("control", __name__, url_prefix="/practice")
control.register_blueprint(calls)
control.register_blueprint(texts)


@control.errorhandler(HTTPException)
def refused(error: HTTPException) -> tuple[Response, int]:
    """Answer any refusal as JSON."""
    return jsonify(error=error.description), error.code or 500


@control.errorhandler(ValueError)
@control.errorhandler(NoVoiceError)
def no_such_thing(error: Exception) -> tuple[Response, int]:
    """Answer 400 to a key, an ending, a manner or a voice that there is not."""
    return jsonify(error=str(error)), 400


@control.errorhandler(WrongMomentError)
def wrong_moment(error: WrongMomentError) -> tuple[Response, int]:
    """Answer 409 to what the caller cannot do now."""
    return jsonify(error=str(error)), 409
