"""Through the one door: a row, or where the database takes none, an entry in the spool."""

import hashlib
import logging
from datetime import UTC, datetime

from flask import Response, abort, request

from dialogue.intake import Arrival
from handlers.house import house
from handlers.shelter import shelter
from handlers.spooling import keep
from handlers.taking import Away
from store.spool import SpoolFull
from triage import ears, urgency

CALM = urgency.Found(None, ())

log = logging.getLogger(__name__)


def let_in(
    kind: str, sid_field: str, turn: str, found: urgency.Found = CALM, **beside: str
) -> Response:
    """Commit, then ring, then answer. 503, so that Twilio asks our fallback, if neither works.

    `beside`: what the address says, kept as a field of its own.
    """
    body = taken(arrived(kind, sid_field, turn, found, **beside))
    return twiml(body) if body is not None else abort(503)


def arrived(
    kind: str, sid_field: str, turn: str, found: urgency.Found = CALM, **beside: str
) -> Arrival:
    """This request as an arrival."""
    fields = (*request.form.items(multi=True), *beside.items())
    return Arrival(
        kind,
        _storable(request.form.get(sid_field, ""))[:64] or _no_sid(fields),
        _storable(turn)[:40],
        datetime.now(UTC),
        fields,
        found.tier,
        list(found.phrases),
    )


def urgent() -> urgency.Found:
    """What cannot wait in this text, in any language of the line."""
    return ears.tier(house().urgent.values(), request.form.get("Body", ""))


def taken(arrival: Arrival) -> str | None:
    """The answer of what was kept, or None: neither the database nor the disk took it."""
    here = shelter()
    # Nothing overtakes what waits; unless the disk is full, for late is better than lost.
    ways = (spooled, _row) if here.spool.waiting() else (_row, spooled)
    for way in ways:
        try:
            return way(arrival)
        except (Away, SpoolFull) as why:
            log.warning("a %s could not be kept there: %s", arrival.kind, why)
    here.lost += 1
    log.error("a %s could be kept nowhere: %d so far", arrival.kind, here.lost)
    return None


def twiml(body: str) -> Response:
    """An answer as Twilio wants it."""
    return Response(body, content_type="text/xml; charset=utf-8")


def _row(arrival: Arrival) -> str:
    return shelter().rows.take(arrival).body


def spooled(arrival: Arrival) -> str:
    """The answer of what is on the disk now. Raises SpoolFull."""
    body = keep(house(), shelter().spool, arrival)
    shelter().replay.begin()
    return body


def _storable(value: str) -> str:
    # PostgreSQL takes no NUL in a key.
    return value.replace("\x00", "\ufffd")


def _no_sid(fields: tuple[tuple[str, str], ...]) -> str:
    # Signed, but it names nothing: kept under what it says, so that a repeat is still a repeat.
    said = repr(sorted(fields)).encode("utf-8", "surrogatepass")
    return "none-" + hashlib.sha256(said).hexdigest()[:40]
