"""How well we do: how long people waited in working hours, and how good the flags are."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from handlers.desk.figure_filters import Asked
from handlers.desk.words import TIERS
from handlers.house import house
from store import figures as rows
from store import safeguarding
from triage import figure_tables as tables
from triage import figures, suppression, tiers
from triage.figure_tables import DASH, Table, Value

TIMED = 5000  # items that the times are worked out from, spread evenly over the period


def times(session: Session, asked: Asked, items: int, now: datetime) -> Table:
    every = -(-items // TIMED) or 1
    found = rows.moments(session, asked.wanted, every)
    clock = figures.working(house().door.script.line.opening, asked.wanted.span[0], now)
    first = [clock(looked) - clock(came) for came, looked, _ in found if looked]
    closed = [clock(done) - clock(came) for came, _, done in found if done]
    note = f"Worked out from every {every}th item. " if every > 1 else ""
    lines = [("To the first look", first), ("To being finished", closed)]
    return Table(
        "times", "How long it took", ("", "Items", "Half within", "Nine in ten within"),
        [[name, len(took), *took_words(took)]
         for name, took in lines],
        note + "In working hours. Those that still wait are not in it.",
    )  # fmt: skip


def took_words(took: Sequence[timedelta]) -> tuple[str, str]:
    """The median and the 90th percentile in words; none of fewer than five."""
    if len(took) < suppression.LEAST:
        return DASH, DASH
    seconds = [one.total_seconds() for one in took]
    half, most = figures.percentile(seconds, 0.5), figures.percentile(seconds, 0.9)
    return worked(half or 0), worked(most or 0)


def worked(seconds: float) -> str:
    """Working time: 3 h 20 min."""
    minutes = round(seconds / 60)
    return f"{minutes // 60:,} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def flags(session: Session, asked: Asked) -> Table:
    judged = safeguarding.judged(session, asked.period.months)
    rates = tiers.rates(one for some in judged.values() for one in some)
    lines: list[list[Value]] = [
        [TIERS[tier], rate.flagged, *_of(rate.confirmed, rate.flagged),
         *_of(rate.lowered, rate.flagged), rate.people, *_of(rate.missed, rate.people)]
        for tier, rate in rates.items()
    ]  # fmt: skip
    head = ("Urgency", "Flags judged", "Confirmed", "Share", "Lowered", "Share", "By people",
            "Missed", "Share")  # fmt: skip
    note = "All services and lines. What people made of the program’s flags in these months."
    return Table("flags", "How good the flags are", head, lines, note)


def _of(part: int, whole: int) -> tuple[Value, Value]:
    return part, tables.share(part, whole)
