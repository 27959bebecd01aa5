"""Calls, texts and recordings as Twilio's API writes them."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from practice.call import Call
from practice.recordings import Recording
from practice.texts import Text

Json = dict[str, Any]
VERSION = "2010-04-01"


def stamp(moment: datetime | None) -> str | None:
    """Return a moment as RFC 2822, the only way in which Twilio's old API writes it."""
    return format_datetime(moment) if moment else None


def call_json(call: Call) -> Json:
    """Return one call."""
    leg, ended_at = call.leg, call.course.ended_at
    return _kept("Calls", leg.line.account_sid, call.sid, leg.began_at) | {
        "from": leg.caller,
        "from_formatted": leg.caller,
        "to": leg.called,
        "to_formatted": leg.called,
        "status": leg.status,
        "direction": "inbound",
        "start_time": stamp(leg.began_at),
        "end_time": stamp(ended_at),
        "duration": str(round(call.seconds)) if ended_at else None,
        "parent_call_sid": None,
        "caller_name": None,
        "answered_by": None,
    }


def text_json(text: Text, account_sid: str) -> Json:
    """Return one text."""
    return _kept("Messages", account_sid, text.sid, text.at) | {
        "from": text.from_,
        "to": text.to,
        "body": text.body,
        "status": text.status,
        "direction": text.direction,
        "date_sent": stamp(text.at),
        "num_segments": str(text.segments),
        "num_media": str(text.media),
        "messaging_service_sid": None,
        "error_code": None,
        "error_message": None,
    }


def recording_json(recording: Recording) -> Json:
    """Return one recording, without its audio."""
    account = recording.account_sid
    return _kept("Recordings", account, recording.sid, recording.made_at) | {
        "call_sid": recording.call_sid,
        "conference_sid": None,
        "status": recording.status,
        "channels": 1,
        "source": "RecordVerb",
        "duration": str(recording.seconds),
        "start_time": stamp(recording.made_at),
        "encryption_details": None,
        "error_code": None,
        "media_url": recording.names()["RecordingUrl"],
    }


def _kept(kind: str, account_sid: str, sid: str, made_at: datetime) -> Json:
    """Return what all three have in common."""
    return {
        "sid": sid,
        "account_sid": account_sid,
        "api_version": VERSION,
        "date_created": stamp(made_at),
        "date_updated": stamp(made_at),
        "price": None,
        "price_unit": "USD",
        "uri": f"/{VERSION}/Accounts/{account_sid}/{kind}/{sid}.json",
        "subresource_uris": {},
    }
