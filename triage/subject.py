"""Everything that the line has of one person, as they may have it: what, why, and until when."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import doing_rows, of_phone, removals
from store.arrival_rows import Caller
from store.coding_rows import Coding, Correction
from store.erasure_rows import Hold
from store.models import Feedback, Recording, Transcript
from store.safeguarding_rows import Entry, TierChange
from store.seal import CannotOpen, Seal
from store.staff import Move, Note
from store.upkeep import Outgoing
from triage.record import record
from triage.retention import Periods, of_audio, of_item, of_number

# What is kept beside what other programs read (`triage/record.py`), by its column. `given`: the
# person's own answers, where staff's coding stands now.
OF_ITEM = (
    *("given", "safe", "signals", "tier_reasons", "tier_at", "happened", "happened_on"),
    *("staff_rating", "outcome", "looked_at", "looked_by", "decided_at", "checked_at", "coded_at"),
    *("words_at", "passed_on_at", "waiting_until", "provider_id", "erasure_asked_at"),
)
OF_TIER = ("at", "by", "before", "after", "machine", "reason", "reasons")
OF_RECORD = ("at", "by", "decision", "told", "done_at", "words")
OF_DEED = ("by", "at", "did", "to", "way", "words", "then")
OF_TEXT = ("made_at", "body", "state", "delivery", "reason")
OF_HOLD = ("at", "by", "reason", "lifted_at", "lifted_by", "lifted_reason")


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
    items = of_phone.told_by(session, phone)
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
    mine, known = {"feedback_id": item.id}, record(item)
    texts = zip(known["texts"], item.texts, strict=True)
    takes = zip(known["recordings"], item.recordings, strict=True)
    return {
        **known,
        **_row(item, *OF_ITEM),
        "texts": [{**one, **_row(row, "kind", "question")} for one, row in texts],
        "recordings": [{**one, **_take(session, row)} for one, row in takes],
        "kept_until": None if hold else _written(until.at),
        "kept_as": "legal hold" if hold else until.kind.value,
        "sound_kept_until": {
            take.sid: _written(of_audio(take, periods).at)
            for take in item.recordings
            if take.audio_key
        },
        "corrected": [take.corrected for take in item.recordings if take.corrected],
        "provider": item.provider,
        "tiers": _rows(session, TierChange, mine, *OF_TIER),
        "codings": _rows(session, Coding, mine, "by", "at", "reading", "coded"),
        "notes": _rows(session, Note, mine, "by", "at", "body"),
        "moves": _rows(session, Move, mine, "by", "at", "before", "after", "reason"),
        "done": _rows(session, doing_rows.Deed, mine, *OF_DEED),
        "texts_to_you": _rows(session, Outgoing, mine, *OF_TEXT),
        "safeguarding": _rows(session, Entry, mine, *OF_RECORD),
        "holds": _rows(session, Hold, mine, *OF_HOLD),
    }


def _take(session: Session, take: Recording) -> dict[str, Any]:
    mine = {"recording_id": take.id}
    return {
        **_row(take, "received_at", "language", "corrected", "checked_at", "checked_by"),
        "heard": _rows(session, Transcript, mine, "made_at", "model", "text", "shown"),
        "corrections": _rows(session, Correction, mine, "by", "at", "phrase", "before", "after"),
    }


def sounds(items: Sequence[Feedback]) -> list[Recording]:
    """The recordings whose sound is still there."""
    return [take for item in items for take in item.recordings if take.audio_key]


def _rows(session: Session, table: Any, of: dict[str, int], *names: str) -> list[dict[str, Any]]:
    found = session.scalars(select(table).filter_by(**of).order_by(table.id)).all()
    return [_row(row, *names) for row in found]


def _row(row: Any, *names: str) -> dict[str, Any]:
    return {name: _written(getattr(row, name)) for name in names}


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", value)
