"""One item as other programs read it: docs in the README, `export`."""

from datetime import datetime
from typing import Any

from store.models import Channel, Feedback, Kind, Recording, Transcript


def record(item: Feedback) -> dict[str, Any]:
    """An item with all that hangs on it -> plain values. No number of a caller is in it."""
    return {
        "reference": shown_reference(item.reference),
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
    }


def words(item: Feedback) -> str:
    """What was said: texts that are no answers or keywords, or the transcripts, line by line."""
    if item.channel is Channel.TEXT:
        return "\n".join(text.body for text in item.texts if text.kind is Kind.WORDS)
    heard = [take.transcripts[-1].text for take in item.recordings if take.transcripts]
    return "\n".join(text for text in heard if text)


def shown_reference(reference: str) -> str:
    """Seven signs as people read them: 4-3."""
    return f"{reference[:4]}-{reference[4:]}"


def moment(at: datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None


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
