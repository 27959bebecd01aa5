"""The controls of the practice phone: texts, the prompts aloud, and how Twilio is played."""

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, jsonify, request

from practice import asked
from practice.shown import text_shown
from practice.voice import speak
from practice.web import the_phone
from practice.written import written_number

texts = Blueprint("texts", __name__)


@texts.post("/texts")
def text() -> Response:
    """Text the line; answer with its replies and the thread of that phone."""
    sender, said = asked.caller(), asked.words("body")
    replies = the_phone().text(sender, said)
    return jsonify(replies=replies, **_thread(sender))


@texts.get("/texts")
def thread() -> Response:
    """Answer with the thread of the phone ``from``."""
    return jsonify(_thread(written_number(request.args.get("from", ""))))


@texts.post("/audio")
def audio() -> Response:
    """Answer with the words spoken, for somebody who wants to hear the prompts."""
    wav = speak(asked.words("text"), asked.words("voice", "en-gb"))
    return Response(wav, mimetype="audio/wav")


@texts.post("/manners")
def manners() -> Response:
    """Change how Twilio is played from now on: any field of Manners; answer with all of them."""
    phone = the_phone()
    try:
        phone.manners = replace(phone.manners, **asked.body())
    except TypeError as error:
        raise ValueError("manners are silent_record, callbacks and not_ready") from error
    return jsonify(asdict(phone.manners))


@texts.post("/deliver")
def deliver() -> Response:
    """Send every callback that is held; answer with the warnings so far."""
    asked.body()
    the_phone().deliver()
    return jsonify(warnings=the_phone().warnings)


def _thread(number: str) -> dict[str, Any]:
    return {"from": number, "messages": [text_shown(text) for text in the_phone().thread(number)]}
