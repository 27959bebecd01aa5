"""Everything that the line has of one person, as they may have it: what, why, and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import doing_rows, feedback, removals, safeguarding
from store.models import Caller, Feedback, Recording
from store.seal import CannotOpen, Seal
from store.staff import Move, Note
from store.upkeep import Outgoing
from triage.record import record
from triage.retention import Periods, of_audio, of_item, of_number


def subject(
    session: Session, seal: Seal, items: Sequence[Feedback], phone: Caller | None, periods: Periods
) -> dict[str, Any]:
    """One person's data as plain values. `phone`: where they were asked for by number."""
    return {
        "phone": _phone(session, seal, phone, periods) if phone else None,
        "items": [_item(session, item, periods) for item in items],
    }


def _phone(session: Session, seal: Seal, phone: Caller, periods: Periods) -> dict[str, Any]:
    try:
        number = seal.open(phone.number) if phone.number else None
    except CannotOpen:
        number = None
    items = feedback.told_by(session, phone)
    open_ = any(item.contact and item.closed_at is None for item in items)
    until = of_number(phone.seen_at or phone.first_seen, open_, periods)
    return {
        "number": number,
        "opted_out": phone.opted_out,
        "first_contact": _written(phone.first_seen),
        "last_contact": _written(phone.seen_at),
        "kept_until": _written(until.at) if number else None,
        "kept_as": until.kind.value,
    }


def _item(session: Session, item: Feedback, periods: Periods) -> dict[str, Any]:
    until, hold = of_item(item, periods), removals.held(session, item)
    mine = {"feedback_id": item.id}
    return {
        **record(item),
        "kept_until": None if hold else _written(until.at),
        "kept_as": "legal hold" if hold else until.kind.value,
        "sound_kept_until": {
            take.sid: _written(of_audio(take, periods).at)
            for take in item.recordings
            if take.audio_key
        },
        "corrected": [take.corrected for take in item.recordings if take.corrected],
        "provider": item.provider,
        "happened": item.happened,
        "notes": _rows(session, Note, mine, "by", "at", "body"),
        "moves": _rows(session, Move, mine, "by", "at", "before", "after", "reason"),
        "done": _rows(session, doing_rows.Deed, mine, "by", "at", "did", "to", "way", "words"),
        "texts_to_you": _rows(session, Outgoing, mine, "made_at", "body", "state"),
        "safeguarding": [
            {"at": _written(line.at), "by": line.by, "told": line.told, "words": line.words}
            for line in safeguarding.entries(session, [item.id])
        ],
    }


def sounds(items: Sequence[Feedback]) -> list[Recording]:
    """The recordings whose sound is still there."""
    return [take for item in items for take in item.recordings if take.audio_key]


def _rows(session: Session, table: Any, of: dict[str, int], *names: str) -> list[dict[str, Any]]:
    found = session.scalars(select(table).filter_by(**of).order_by(table.id)).all()
    return [{name: _written(getattr(row, name)) for name in names} for row in found]


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return getattr(value, "value", value)
