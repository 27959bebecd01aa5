"""Calls and texts as the page and end-to-end tests see them."""

from typing import Any

from practice.call import Call
from practice.texts import Text


def call_shown(call: Call) -> dict[str, Any]:
    """Return a call: what was heard since the last act, and what the line waits for now."""
    return {
        "sid": call.sid,
        "from": call.leg.caller,
        "heard": call.heard,
        "waiting": call.waiting,
        "timeout": call.timeout,
        "ended": call.ended,
        "error": call.error,
        "seconds": round(call.seconds, 1),
    }


def text_shown(text: Text) -> dict[str, Any]:
    """Return one text of a thread."""
    return {
        "sid": text.sid,
        "direction": text.direction,
        "body": text.body,
        "segments": text.segments,
        "status": text.status,
        "at": text.at.isoformat(),
        "error": text.error,
    }
