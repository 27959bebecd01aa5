"""Text messages, both ways."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from practice.leg import EMPTY_PLACES
from practice.line import Answer, Line, LineError
from practice.segments import segments
from practice.shelf import new_sid, now
from practice.twiml import Verb, parse

Direction = Literal["inbound", "outbound-reply", "outbound-api"]


@dataclass
class Text:
    """One text. ``error`` is what Twilio would have logged when the line did not take it."""

    from_: str
    to: str
    body: str
    direction: Direction
    status: str
    media: int = 0
    sid: str = field(default_factory=lambda: new_sid("SM"))
    at: datetime = field(default_factory=now)
    error: str | None = None

    @property
    def segments(self) -> int:
        """Return how many parts it is sent in."""
        return segments(self.body)


@dataclass(frozen=True)
class Reply:
    """What the line answers a text with, and where it wants to hear what became of that."""

    words: str
    callback: str | None


def replies_to(text: Text, line: Line, fallback_url: str | None) -> list[Reply]:
    """Bring the text to the line, or to its fallback address if the first answer is of no use.

    Raises LineError when Twilio would give up.
    """
    fields = _webhook(text, line.account_sid)
    try:
        return _replies_in(line.ask(f"{line.public_url}/sms", fields))
    except LineError as error:
        if fallback_url is None:
            raise
        fields |= {"ErrorCode": str(error.code), "ErrorUrl": error.url}
        return _replies_in(line.ask(fallback_url, fields))


def delivery(text: Text, account_sid: str) -> dict[str, str]:
    """Return the fields of the callback that says what became of a text the line sent."""
    return ({"ErrorCode": text.error} if text.error else {}) | {
        "AccountSid": account_sid,
        "ApiVersion": "2010-04-01",
        "MessageSid": text.sid,
        "SmsSid": text.sid,
        "MessageStatus": text.status,
        "SmsStatus": text.status,
        "From": text.from_,
        "To": text.to,
    }


def _webhook(text: Text, account_sid: str) -> dict[str, str]:
    return EMPTY_PLACES | {
        "AccountSid": account_sid,
        "ApiVersion": "2010-04-01",
        "MessageSid": text.sid,
        "SmsSid": text.sid,
        "SmsMessageSid": text.sid,
        "SmsStatus": "received",
        "From": text.from_,
        "To": text.to,
        "Body": text.body,
        "NumMedia": str(text.media),
        "NumSegments": str(text.segments),
    }


def _replies_in(answer: Answer) -> list[Reply]:
    verbs = parse(answer, ("Message", "Sms"), plain="Message")
    return [Reply(words, _callback(verb)) for verb in verbs if (words := _reply(verb))]


def _callback(verb: Verb) -> str | None:
    wanted = "statusCallback" in verb.attributes
    return verb.address("statusCallback") if wanted else None


def _reply(verb: Verb) -> str:
    bodies = [nested.text for nested in verb.nested if nested.name == "Body"]
    return "".join(bodies) if verb.nested else verb.text
