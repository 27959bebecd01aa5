"""How texts to a number reach the line: by the number's own address, or its service's. Pure."""

from collections.abc import Iterator

from workers.setup_api import Change
from workers.setup_findings import OK, WARNING, Finding
from workers.setup_rules import Rules
from workers.setup_urls import same

KEYWORDS = frozenset({"STOP", "START", "HELP"})
# facts: twilio.md 2.1. Twilio keeps no trace of such a text: nothing can bring it back later.
DROPPED = "EVERY TEXT TO THIS NUMBER IS THROWN AWAY FOR EVER, AND TWILIO KEEPS NO TRACE OF IT"


def own_texts(rules: Rules, fallback: str | None) -> Iterator[Finding]:
    """A number that is in no service, or whose service leaves texts to the number."""
    yield from rules.empty("sms_application_sid", "a TwiML app takes its texts instead")
    yield from rules.exact("sms_url", "sms_method", "/sms", "texts do not reach the line")
    yield from rules.fallback("sms_fallback_url", "sms_fallback_method", "/sms/fallback", fallback)


def service_texts(rules: Rules, fallback: str | None) -> Iterator[Finding]:
    """A number whose texts go where its service says: `rules` are those of the service."""
    harm = "texts do not reach the line"
    if not rules.thing.get("inbound_request_url"):
        harm = f"{DROPPED}. Set the service's inbound URL now: flask --app app twilio setup"
    yield from rules.exact("inbound_request_url", "inbound_method", "/sms", harm)
    yield from rules.fallback("fallback_url", "fallback_method", "/sms/fallback", fallback)


def delivery(rules: Rules) -> Iterator[Finding]:
    """A service's word on how our texts fared. Twilio always POSTs it: there is no method."""
    there, ours = rules.thing.get("status_callback"), rules.urls["/sms/status"]
    if not same(there, ours):
        words = f"status_callback is {there or 'empty'}, not {ours}: nobody learns of lost texts"
        change = Change(rules.thing["path"], "StatusCallback", ours)
        yield Finding(WARNING, rules.named, words, (change,))


def answering(named: str, number: str, ours: frozenset[str]) -> Finding:
    """Who answers STOP, START and HELP: what Twilio usually does, against `line.toml`.

    Twilio's API tells neither whether Advanced Opt-Out is on nor whether its support has turned
    its answers off, so this is never more than a warning. (facts: twilio.md 3.5)
    """
    usual = KEYWORDS if number.startswith("+") else frozenset()
    if ours == usual:
        return Finding(OK, named, f"Twilio answers {_said(ours)}, as line.toml has it")
    twice = "two answers, or none" if usual else "no answer"
    words = (
        f"line.toml says that Twilio answers {_said(ours)}; it usually answers {_said(usual)}: "
        f"people may get {twice}. Try STOP, START and HELP, then set twilio_answers"
    )
    return Finding(WARNING, named, words)


def _said(words: frozenset[str]) -> str:
    return ", ".join(word for word in ("STOP", "START", "HELP") if word in words) or "none of them"
