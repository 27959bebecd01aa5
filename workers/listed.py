"""What a row of Twilio's lists would have been as a webhook: same key, same fields. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from dialogue.call_turn import OVER
from dialogue.intake import Arrival
from triage.urgency import Found

Row = Mapping[str, Any]

# Who wrote longer ago than this has gone to bed, or to hospital: no reply now but in crisis.
LATE = timedelta(hours=1)

TEXTS, CALLS, RECORDINGS = "Messages", "Calls", "Recordings"
KINDS = (TEXTS, CALLS, RECORDINGS)
PREFIX = {TEXTS: "(SM|MM)", CALLS: "CA", RECORDINGS: "RE"}
DATED = {TEXTS: "DateSent", CALLS: "StartTime", RECORDINGS: "DateCreated"}
MOMENTS = {
    TEXTS: ("date_sent", "date_created"),
    CALLS: ("start_time", "date_created"),
    RECORDINGS: ("date_created", "start_time"),
}


@dataclass(frozen=True)
class Listed:
    """One thing that Twilio lists, with when it came."""

    kind: str
    sid: str
    at: datetime
    row: Row


@dataclass(frozen=True)
class Day:
    """One UTC day of Twilio's lists; the last is open, as a clock may be wrong."""

    day: date
    last: bool

    def filters(self, kind: str) -> dict[str, str]:
        """How Twilio is asked for it: it promises whole days only. (facts: twilio.md 7.4)"""
        return {DATED[kind] + (">" if self.last else ""): self.day.isoformat()}

    def has(self, at: datetime) -> bool:
        """Whether something belongs to this day and no other, whatever the filter let through."""
        came = at.astimezone(UTC).date()
        return came == self.day or (self.last and came > self.day)


def days(since: datetime, now: datetime) -> Iterator[Day]:
    """The days to ask for, oldest first, and one more before them: whose midnight is not said."""
    first, last = since.astimezone(UTC).date() - timedelta(days=1), now.astimezone(UTC).date()
    for count in range((last - first).days + 1):
        yield Day(first + timedelta(days=count), count == (last - first).days)


def wanted(kind: str, row: Row) -> bool:
    """Whether a row is something that somebody said to a line, and that is over."""
    if kind == RECORDINGS:
        return row.get("status") == "completed"
    return row.get("direction") == "inbound" and (kind == TEXTS or row.get("status") in OVER)


def listed(kind: str, row: Row) -> Listed | None:
    """A row with its SID and its moment, or None where it has neither."""
    sid, at = said(row, "sid"), moment(row, *MOMENTS[kind])
    if at is None or not re.fullmatch(PREFIX[kind] + "[0-9A-Za-z]{1,62}", sid):
        return None
    return Listed(kind, sid, at, row)


def text(found: Listed, now: datetime, tier: Found) -> Arrival:
    """A text, as `/sms` would have had it."""
    row = found.row
    fields = (
        ("MessageSid", found.sid),
        ("AccountSid", said(row, "account_sid")),
        ("From", said(row, "from")),
        ("To", said(row, "to")),
        ("Body", said(row, "body")),
        ("NumMedia", said(row, "num_media") or "0"),
    )
    late = now - found.at > LATE
    return Arrival(
        "text",
        found.sid,
        "",
        found.at,
        fields,
        tier.tier,
        list(tier.phrases),
        late=late,
        answered_at=now,
        known_at=now,
    )


def call(row: Row, sid: str, at: datetime) -> Arrival:
    """A call that is over, as `/voice` would have had it: who rang, and nothing to say to them."""
    return Arrival("call", sid, "0", at, _call(row, sid), late=True)


def ended(found: Listed) -> Arrival:
    """The end of a call, as `/voice/status` would have had it."""
    at = moment(found.row, "end_time") or found.at
    status = said(found.row, "status")
    return Arrival("ended", found.sid, status, at, _call(found.row, found.sid), late=True)


def recording(found: Listed) -> Arrival:
    """A recording that is ready, as `/voice/recording` would have had it."""
    row = found.row
    fields = (
        ("RecordingSid", found.sid),
        ("AccountSid", said(row, "account_sid")),
        ("CallSid", said(row, "call_sid")),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", said(row, "duration")),
    )
    return Arrival("recording", found.sid, "completed", found.at, fields, late=True)


def moment(row: Row, *names: str) -> datetime | None:
    """The first of these fields that is a moment, in UTC."""
    for name in names:
        try:
            at = parsedate_to_datetime(said(row, name))
        except ValueError:
            continue
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return None


def said(row: Row, name: str) -> str:
    """A field as text. JSON can spell half a character; a database takes whole ones only."""
    value = row.get(name)
    whole = "" if value is None else str(value)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _call(row: Row, sid: str) -> tuple[tuple[str, str], ...]:
    return (
        ("CallSid", sid),
        ("AccountSid", said(row, "account_sid")),
        ("From", said(row, "from")),
        ("To", said(row, "to")),
        ("CallStatus", said(row, "status")),
        ("CallDuration", said(row, "duration")),
    )
