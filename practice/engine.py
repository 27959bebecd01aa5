"""The TwiML engine: carries out one document after the other until the call is over.

It never sleeps: it stops wherever it needs the caller, and is told what the caller did.
"""

from collections.abc import Generator
from urllib.parse import urljoin

from practice.acts import Act, CallOverError, Need, Steps
from practice.gather import gather
from practice.leg import Leg
from practice.line import Answer
from practice.prompts import prompt
from practice.record import record
from practice.twiml import Verb, parse

TEXTS = ("Sms", "Message")
VERBS = ("Say", "Play", "Pause", "Gather", "Record", "Redirect", "Hangup", "Reject", *TEXTS)


def run(leg: Leg, url: str, **more: str) -> Generator[Need, Act, None]:
    """Begin at ``url``; yield what the caller is waited for, end when the documents do.

    Raises CallOverError when somebody hangs up and LineError where Twilio would give up.
    """
    answer: Answer | None = leg.ask(url, **more)
    while answer is not None:
        answer = yield from _document(leg, parse(answer, VERBS, plain="Say"))


def _document(leg: Leg, verbs: tuple[Verb, ...]) -> Steps:
    """Return the document that takes the place of this one, if any does."""
    for verb in verbs:
        answer = yield from _step(leg, verb)
        if answer is not None:
            return answer
    return None


def _step(leg: Leg, verb: Verb) -> Steps:
    if verb.name == "Gather":
        return (yield from gather(leg, verb))
    if verb.name == "Record":
        return (yield from record(leg, verb))
    if verb.name == "Redirect":
        return leg.ask(urljoin(verb.at, verb.text.strip()), verb.get("method", "POST"))
    if verb.name in ("Hangup", "Reject"):
        leg.status = "busy" if verb.name == "Reject" else leg.status
        raise CallOverError
    if verb.name not in TEXTS:
        # Whoever presses a key while this is said presses it for nobody.
        leg.keys = ""
        prompt(leg, verb)
    return None
