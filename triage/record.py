"""One item as other programs read it: each field stands in docs/export.md."""

from datetime import datetime
from typing import Any

from store import references
from store.arrival_rows import Channel
from store.models import Feedback, Kind, Recording, Transcript
from triage import naming


def record(item: Feedback) -> dict[str, Any]:
    """An item with all that hangs on it -> plain values. No number of a caller is in it."""
    return {
        "reference": references.shown(item.reference),
        "received_at": moment(item.received_at),
        "channel": item.channel.value,
        "line": item.line,
        "language": item.language,
        "service": item.service,
        "place": item.place,
        "rating": item.rating,
        "about": item.about,
        "contact": item.contact,
        "purpose": item.purpose,
        "words": words(item),
        "complete": item.complete,
        "opted_out": item.caller is not None and item.caller.opted_out,
        "notice": item.notice,
        "recordings": [_recording(take) for take in item.recordings],
        "texts": [
            {"sid": text.sid, "received_at": moment(text.received_at), "body": text.body}
            for text in item.texts
        ],
        "tier": item.tier,
        "status": item.status.value,
        "sentiment": item.sentiment,
        "themes": item.themes,
        "assigned_to": item.assigned_to,
        "closed_at": moment(item.closed_at),
        "provider": _provider(item),
    }


def words(item: Feedback) -> str:
    """What was said: texts that are no answers or keywords, or the recordings, line by line.

    Where people put a recording right, their words; else the recogniser's own.
    """
    if item.channel is Channel.TEXT:
        return "\n".join(text.body for text in item.texts if text.kind is Kind.WORDS)
    return "\n".join(filter(None, map(_said, item.recordings)))


def moment(at: datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None


def _said(take: Recording) -> str:
    if take.corrected is not None:
        return take.corrected
    return take.transcripts[-1].text if take.transcripts else ""


def _provider(item: Feedback) -> dict[str, str | None] | None:
    # What was erased keeps its number for the figures of past months, but no name.
    known = item.provider is not None or item.provider_id is not None
    return {"id": item.provider_id, "name": naming.name(item.provider)} if known else None


def _recording(take: Recording) -> dict[str, Any]:
    last = take.transcripts[-1] if take.transcripts else None
    return {
        "sid": take.sid,
        "seconds": take.seconds,
        "state": take.state.value,
        "reason": take.reason,
        "attempts": take.attempts,
        "model": last.model if last else None,
        "transcript": _transcript(last) if last else None,
    }


def _transcript(heard: Transcript) -> dict[str, Any]:
    return {
        "text": heard.text,
        "confidence": heard.confidence,
        "words": heard.words,
        "shown": heard.shown,
    }
