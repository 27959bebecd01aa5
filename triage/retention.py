"""Until when each thing is kept, and why: from what is known of it, by the line's periods. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.models import Feedback, Recording, Status
from triage import safeguarding


class Kind(StrEnum):
    """What is kept for a time of its own. Each has its days in `line.toml`, and a reason there."""

    AUDIO_CHECKED = "audio_checked"
    AUDIO = "audio"
    CLOSED = "closed"
    WORDS = "words"
    SAFEGUARDING = "safeguarding"
    COMPLAINT = "complaint"
    NUMBER = "number"
    NUMBER_AGREED = "number_agreed"
    LEDGER = "ledger"
    OUTGOING = "outgoing"
    ALERTS = "alerts"
    SET_ASIDE = "set_aside"
    LEAVERS = "leavers"
    LOOKS = "looks"


Periods = Mapping[str, timedelta]
COMPLAINT = "complaint_signposted"


@dataclass(frozen=True)
class Until:
    """When something goes, and by which rule."""

    at: datetime
    kind: Kind


def of_item(item: Feedback, periods: Periods) -> Until:
    """When an item's words go. New words, and whatever happened to it last, begin its time anew."""
    moments = [item.received_at, item.words_at, item.closed_at, item.decided_at]
    last = max(moment for moment in moments if moment)
    kind = max(_kinds(item), key=periods.__getitem__)
    return Until(last + periods[kind], kind)


def _kinds(item: Feedback) -> list[Kind]:
    """What an item is. A complaint about harm is two things, and is kept as long as the longer."""
    plain = Kind.CLOSED if item.status is Status.FINISHED else Kind.WORDS
    records = {
        Kind.SAFEGUARDING: item.decided_at is not None or safeguarding.recorded(item),
        Kind.COMPLAINT: item.outcome == COMPLAINT,
    }
    return [kind for kind, so in records.items() if so] or [plain]


def of_audio(take: Recording, periods: Periods) -> Until:
    """When a recording's sound goes: soon after a person has checked its words, else at the end.

    Whatever its state: what failed or was never heard has a way out too.
    """
    ceiling = Until(take.received_at + periods[Kind.AUDIO], Kind.AUDIO)
    if take.checked_at is None:
        return ceiling
    checked = Until(take.checked_at + periods[Kind.AUDIO_CHECKED], Kind.AUDIO_CHECKED)
    return min(checked, ceiling, key=lambda until: until.at)


def of_number(seen_at: datetime, agreed: bool, periods: Periods) -> Until:
    """When a phone's number goes, from its last contact on; later while follow-up is agreed."""
    kind = Kind.NUMBER_AGREED if agreed else Kind.NUMBER
    return Until(seen_at + periods[kind], kind)
