"""A text arrives: into the ledger, one step of the conversation, and the reply in the answer."""

import hashlib
from datetime import UTC, datetime

from flask import Blueprint, Response, request

from dialogue import text_intake
from dialogue.intake import Answer, Arrival, Step, receive
from handlers.house import house
from handlers.signature import refuse_unsigned
from store.queue import HEAR
from triage import urgency

CALM = urgency.Found(None, ())

bp = Blueprint("sms", __name__)
bp.before_request(refuse_unsigned)


@bp.post("/sms")
def text_arrives() -> Response:
    """A person texts the line. Answers TwiML, empty where no reply is due."""
    body = request.form.get("Body", "")
    languages = house().door.script.line.languages
    found = urgency.tier([t for code in languages for t in house().urgent[code]], body)
    return let_in("text", "MessageSid", "", text_intake.take, found)


@bp.post("/sms/status")
def delivery() -> Response:
    """Twilio says how a text of ours fared."""
    return let_in("delivery", "MessageSid", request.form.get("MessageStatus", ""), noted)


def noted(*_: object) -> Answer:
    """Kept in the ledger; nothing of ours hangs on it yet."""
    return Answer(house().door.text(None))


def let_in(
    kind: str, sid_field: str, turn: str, step: Step, found: urgency.Found = CALM
) -> Response:
    """Through the one door: commit, then ring, then answer."""
    fields = tuple(request.form.items(multi=True))
    arrival = Arrival(
        kind,
        _storable(request.form.get(sid_field, ""))[:64] or _no_sid(fields),
        _storable(turn)[:40],
        datetime.now(UTC),
        fields,
        found.tier,
        list(found.phrases),
    )
    with house().database.writing() as session:
        answer = receive(session, house().door, arrival, step)
    if answer.ring:
        house().bell.ring(HEAR, answer.ring)
    return Response(answer.body, content_type="text/xml; charset=utf-8")


def _storable(value: str) -> str:
    # PostgreSQL takes no NUL in a key.
    return value.replace("\x00", "\ufffd")


def _no_sid(fields: tuple[tuple[str, str], ...]) -> str:
    # Signed, but it names nothing: kept under what it says, so that a repeat is still a repeat.
    said = repr(sorted(fields)).encode("utf-8", "surrogatepass")
    return "none-" + hashlib.sha256(said).hexdigest()[:40]
