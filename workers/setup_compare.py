"""Compares what Twilio has with what the line needs. Pure: no network, nothing is changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.setup_findings import OK, WARNING, WRONG, Finding
from workers.setup_http import Json
from workers.setup_rules import Rules
from workers.setup_texts import answering, delivery, own_texts, service_texts
from workers.setup_urls import Addresses, refusal, same


@dataclass(frozen=True)
class Wanted:
    """The line's addresses and numbers, and which keywords `line.toml` leaves to Twilio.

    `fallback`: the folder on another host where the static answers lie, where it is known.
    """

    urls: Addresses
    numbers: tuple[str, ...]
    twilio_answers: frozenset[str]
    fallback: str | None = None

    def static(self, name: str) -> str | None:
        """The address of one static answer."""
        return f"{self.fallback.rstrip('/')}/{name}" if self.fallback else None


@dataclass(frozen=True)
class Found:
    """Numbers and Messaging Services as Twilio's API describes them (see setup_api)."""

    numbers: Sequence[Json]
    services: Sequence[Json]


def compare(wanted: Wanted, found: Found) -> list[Finding]:
    """Every difference, and an `ok` for each number that has none."""
    for setting, url in (("PUBLIC_URL", wanted.urls.origin), ("--fallback", wanted.fallback)):
        reason = refusal(url, wanted.urls.plain_http) if url else None
        if reason:
            return [Finding(WRONG, setting, f"{url}: {reason}")]
    return [*_missing(wanted, found), *_each(wanted, found), *_strays(wanted, found)]


def _missing(wanted: Wanted, found: Found) -> Iterator[Finding]:
    there = {one["phone_number"] for one in found.numbers}
    for number in wanted.numbers:
        if number.startswith("+") and number not in there:
            yield Finding(WRONG, number, "line.toml lists it, but it is not in this account")
        elif number not in there:
            yield Finding(WARNING, number, "not checked: look at a short code by hand")
    if not there:
        yield Finding(WRONG, "numbers", "the account has none: nobody can text or ring")


def _each(wanted: Wanted, found: Found) -> Iterator[Finding]:
    for number in found.numbers:
        called = number["phone_number"]
        if wanted.numbers and called not in wanted.numbers:
            continue
        inside = [one for one in found.services if called in one["numbers"]]
        differences = [*_calls(wanted, number), *_texts(wanted, number, inside)]
        yield from differences
        if not any(one.level == WRONG for one in differences):
            yield Finding(OK, called, "its calls and texts come to the line")


def _calls(wanted: Wanted, number: Json) -> Iterator[Finding]:
    rules = Rules(number["phone_number"], number, wanted.urls)
    if not number["capabilities"].get("voice"):
        yield Finding(WARNING, rules.named, "cannot be rung: it is for texts only")
        return
    yield from rules.empty("voice_application_sid", "a TwiML app answers its calls instead")
    yield from rules.empty("trunk_sid", "a SIP trunk takes its calls instead")
    yield from rules.exact("voice_url", "voice_method", "/voice", "calls do not reach the line")
    yield from rules.fallback(
        "voice_fallback_url",
        "voice_fallback_method",
        "/voice/fallback",
        wanted.static("voice.xml"),
    )
    harm = "nobody learns of a caller who hangs up in a menu"
    yield from rules.exact("status_callback", "status_callback_method", "/voice/status", harm)


def _texts(wanted: Wanted, number: Json, inside: Sequence[Json]) -> Iterator[Finding]:
    called, static = number["phone_number"], wanted.static("sms.xml")
    if not number["capabilities"].get("sms"):
        yield Finding(WARNING, called, "cannot be texted: it is for calls only")
        return
    for service in inside:
        named = f"{called} in service {service.get('friendly_name') or service['sid']}"
        rules = Rules(named, service, wanted.urls)
        if not service["use_inbound_webhook_on_number"]:
            yield from service_texts(rules, static)
        yield from delivery(rules)
    if all(service["use_inbound_webhook_on_number"] for service in inside):
        yield from own_texts(Rules(called, number, wanted.urls), static)
    yield answering(called, called, wanted.twilio_answers)


def _strays(wanted: Wanted, found: Found) -> Iterator[Finding]:
    for number in found.numbers:
        called = number["phone_number"]
        ours = same(number.get("voice_url"), wanted.urls["/voice"])
        if wanted.numbers and called not in wanted.numbers and ours:
            words = "it rings here, but line.toml does not list it: callers hear 'not in use'"
            yield Finding(WARNING, called, words)
