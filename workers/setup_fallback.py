"""Whether the static answers on another host are there, and say what the line says now."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import requests

from workers.carrier import CONNECT, READ, TwilioAway
from workers.carrier_body import whole
from workers.setup_bundle import TEXT, VOICE
from workers.setup_findings import OK, WARNING, WRONG, Finding
from workers.setup_http import LONGEST, MOST_BYTES, Json
from workers.setup_urls import host, shown

# Each fallback's address, how it is asked for, and which of the static answers belongs there.
FIELDS = (
    ("voice_fallback_url", "voice_fallback_method", VOICE),
    ("sms_fallback_url", "sms_fallback_method", TEXT),
    ("fallback_url", "fallback_method", TEXT),
)


class Static(NamedTuple):
    """A fallback on another host, as Twilio would ask for it, and the file that should answer."""

    url: str
    method: str
    name: str


def elsewhere(things: Iterable[Json], line: str) -> list[Static]:
    """The fallbacks that are on another host than the line, each once."""
    found = (
        Static(thing.get(url) or "", thing.get(method) or "POST", name)
        for thing in things
        for url, method, name in FIELDS
    )
    return sorted({one for one in found if one.url and host(one.url) != host(line)})


def fallbacks(statics: Iterable[Static], made: Mapping[str, bytes]) -> Iterator[Finding]:
    """What each of them answers, against the file that `bundle` makes today."""
    for static in statics:
        yield judged(static, fetched(static), made[static.name])


def fetched(static: Static) -> bytes | None:
    """What Twilio would get there, or None for anything that it could not use."""
    try:
        answer = requests.request(
            static.method,
            static.url.split("#", 1)[0],
            timeout=(CONNECT, READ),
            allow_redirects=False,
            stream=True,
        )
        with answer:
            said = whole(answer, MOST_BYTES, LONGEST, "It is too large")
    except (requests.RequestException, TwilioAway):
        return None
    xml = answer.headers.get("Content-Type", "").startswith(("text/xml", "application/xml"))
    return said if answer.status_code == 200 and xml else None


def judged(static: Static, answer: bytes | None, wanted: bytes) -> Finding:
    """What the answer of a fallback means. Pure."""
    named = f"{static.method} {shown(static.url)}"
    if answer is None:
        words = "it gives no TwiML (200, text/xml): nobody answers for the line"
        return Finding(WRONG, named, words)
    if answer.strip() != wanted.strip():
        words = "it says other words than the line: upload what `twilio bundle DIR` makes"
        return Finding(WARNING, named, words)
    return Finding(OK, named, "the static answers are there")
