"""What goes by a day because its time is over: for the round that removes it, and told ahead."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from store import kept
from triage.retention import Kind, Periods, Until, of_audio, of_item, of_number

ITEM, AUDIO, PHONE = "item", "sound", "number"
OF_ITEMS = (Kind.CLOSED, Kind.WORDS, Kind.SAFEGUARDING, Kind.COMPLAINT)


@dataclass(frozen=True)
class Going:
    """One thing whose time is over: the id of its row, when and why; of an item its reference."""

    what: str
    id: int
    until: Until
    reference: str | None = None


OTHERS = {
    Kind.LEDGER: kept.ledger,
    Kind.OUTGOING: kept.texts,
    Kind.ALERTS: kept.alerts,
    Kind.LOOKS: kept.looks,
}


def others(
    session: Session, periods: Periods, days: Sequence[datetime], most: int
) -> list[Counter[str]]:
    """How much else goes by each of these days, that stands on no item's page.

    Of each kind `most` at most.
    """
    wanted = [of(by - periods[kind]) for by in days for kind, of in OTHERS.items()]
    found = iter(kept.counts(session, wanted, most))
    return [+Counter({kind.value: next(found) for kind in OTHERS}) for _ in days]


def going(session: Session, periods: Periods, by: datetime) -> Iterator[Going]:
    """Everything of people that goes by then, and on which no hold stands."""
    soonest = by - min(periods[kind] for kind in OF_ITEMS)
    for item in kept.items(session, soonest):
        if (until := of_item(item, periods)).at <= by:
            yield Going(ITEM, item.id, until, item.reference)
    soonest = by - min(periods[Kind.AUDIO], periods[Kind.AUDIO_CHECKED])
    for take, reference in kept.takes(session, soonest):
        if (until := of_audio(take, periods)).at <= by:
            yield Going(AUDIO, take.id, until, reference)
    soonest = by - min(periods[Kind.NUMBER], periods[Kind.NUMBER_AGREED])
    for phone, agreed in kept.phones(session, soonest):
        assert phone.seen_at is not None
        if (until := of_number(phone.seen_at, agreed, periods)).at <= by:
            yield Going(PHONE, phone.id, until)
