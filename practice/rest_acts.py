"""Twilio's REST API: the audio of a recording, and sending a text."""

from flask import Blueprint, Response, jsonify, request

from practice.rest_door import ACCOUNT, not_found, problem, refuse_strangers
from practice.rest_json import text_json
from practice.texts import Text
from practice.web import the_phone

rest_acts = Blueprint("rest_acts", __name__, url_prefix=ACCOUNT)
rest_acts.before_request(refuse_strangers)

# Twilio's number for a text that lacks one of its fields.
REQUIRED = {"To": 21604, "From": 21603, "Body": 21602}


@rest_acts.get("/Recordings/<sid>.wav")
def audio(account: str, sid: str) -> Response:
    """Return the audio; 404 as long as Twilio makes it, and once it is deleted."""
    recording = the_phone().recordings.get(sid)
    wav = recording.fetch() if recording else None
    return Response(wav, mimetype="audio/x-wav") if wav else not_found()


@rest_acts.post("/Messages.json")
def send(account: str) -> Response:
    """Send a text to a phone; its status callback follows after this answer."""
    refusal = _refusal(request.form.get("To", ""))
    if refusal:
        return refusal
    form = request.form
    text = Text(form["From"], form["To"], form["Body"], "outbound-api", "queued")
    the_phone().texts.put(text)
    response = jsonify(text_json(text, account))
    response.status_code = 201
    _report_delivery(response, text, form.get("StatusCallback", ""))
    return response


def _refusal(to: str) -> Response | None:
    for name, code in REQUIRED.items():
        if not request.form.get(name):
            return problem(400, code, f"A '{name}' is required")
    code = the_phone().refusals.get(to, 0)
    return problem(400, code, f"The text to {to} is refused") if code else None


def _report_delivery(response: Response, text: Text, url: str) -> None:
    """Report after the answer has gone out: only from that does the line know the text's id."""
    phone = the_phone()
    if url:
        response.call_on_close(lambda: phone.delivered(text, url))
