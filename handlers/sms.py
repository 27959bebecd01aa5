"""A text arrives: into the ledger, one step of the conversation, and the reply in the answer."""

from flask import Blueprint, Response, request

from handlers.arriving import let_in, urgent
from handlers.fallback import text_after_all, text_again
from handlers.signature import refuse_unsigned

bp = Blueprint("sms", __name__)
bp.before_request(refuse_unsigned)
bp.post("/sms/fallback")(text_again)
bp.register_error_handler(500, text_after_all)


@bp.post("/sms")
def text_arrives() -> Response:
    """A person texts the line. Answers TwiML, empty where no reply is due."""
    return let_in("text", "MessageSid", "", urgent())


@bp.post("/sms/status")
def delivery() -> Response:
    """Twilio says how a text of ours fared."""
    return let_in("delivery", "MessageSid", request.form.get("MessageStatus", ""))


@bp.post("/sms/status/<told>")
def help_fared(told: str) -> Response:
    """Twilio says how the reply to words of crisis fared; `told` is the text that said them."""
    status = request.form.get("MessageStatus", "")
    return let_in("delivery", "MessageSid", status, Told=told)
