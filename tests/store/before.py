"""Rows as the version before writes them. With each release: its last migration, its columns."""

from datetime import UTC, datetime
from typing import Any

PREVIOUS = "0010"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]


def rows_of(person: str) -> Rows:
    """What one person told the line, by text and by phone, and what staff did with it."""
    number = {"first": 1, "second": 1001}[person]
    own = {"id": number, "feedback_id": number}
    sid = f"{number:032d}"
    return {
        "callers": [
            {
                "id": number,
                "joined": sid,
                "number": b"sealed",
                "reachable": True,
                "opted_out": False,
                "first_seen": AT,
            }
        ],
        "feedback": [
            {
                "id": number,
                "reference": f"T{number:06d}",
                "received_at": AT,
                "channel": "voice",
                "line": "+441214960000",
                "language": "en",
                "notice": "2026-11",
                "caller_id": number,
                "purpose": "feedback",
                "contact": True,
                "complete": False,
                "tier": "R2",
                "tier_reasons": ["hit me"],
                "signals": [],
                "rank": 20,
                "status": "new",
                "themes": [],
            }
        ],
        "ledger": [
            {
                "id": number,
                "kind": "text",
                "sid": f"SM{sid}",
                "turn": "",
                "received_at": AT,
                "caller_id": number,
                "fields": b"sealed",
                "answer": "<Response/>",
                "replies": 1,
            }
        ],
        "conversations": [
            {
                "id": number,
                "channel": "sms",
                "key": sid,
                "caller_id": number,
                "feedback_id": number,
                "state": {"asked": "rating"},
                "started_at": AT,
                "touched_at": AT,
            }
        ],
        "texts": [
            {
                **own,
                "sid": f"SM{sid}",
                "received_at": AT,
                "body": "they were ever so kind \U0001f642 £5",
                "kind": "words",
            }
        ],
        "recordings": [
            {
                **own,
                "sid": f"RE{sid}",
                "call_sid": f"CA{sid}",
                "received_at": AT,
                "language": "en",
                "seconds": 9.5,
                "state": "words",
                "attempts": 1,
                "audio_key": f"2026/11/RE{sid}-0123456789abcdef",
                "sha256": "0" * 64,
            }
        ],
        "transcripts": [
            {
                "id": number,
                "recording_id": number,
                "made_at": AT,
                "model": "demo-en",
                "model_hash": "0" * 64,
                "text": "the nurse was kind",
                "shown": "The nurse was kind",
                "confidence": 0.875,
                "words": [{"word": "the", "start": 0.1}],
                "shown_words": [],
            }
        ],
        "notes": [{**own, "by": "sam", "at": AT, "body": "rang the ward"}],
        "moves": [
            {**own, "by": "sam", "at": AT, "before": "new", "after": "in_progress", "reason": ""}
        ],
        "outgoing": [
            {
                **own,
                "key": f"reply:{number}",
                "caller_id": number,
                "sender": "+441214960000",
                "body": "Thank you",
                "crisis": False,
                "made_at": AT,
                "state": "sent",
                "attempts": 1,
            }
        ],
        "twilio_copies": [
            {"id": number, "kind": "Recordings", "sid": f"RE{sid}", "due_at": AT, "attempts": 0}
        ],
    }
