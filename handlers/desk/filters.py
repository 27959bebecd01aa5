"""What an address of the queue asks for: which need, which filters, from where on; and back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from handlers.desk.form import on_one_line, read_day
from handlers.desk.guard import me
from handlers.desk.words import CHANNELS, STATUSES, TIERS, day
from handlers.house import house
from hours import LONDON
from store.board import Place, Wanted
from store.models import Status
from store.needs import Need
from triage import needs

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_PLACE = 60
DAY = timedelta(days=1)
YES = {"mine": {"1": "With me"}, "unheard": {"1": "Nobody has listened yet"}}
OPEN = {s.value: STATUSES[s.value] for s in (Status.NEW, Status.IN_PROGRESS)}
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What it cannot mean is left out: an old bookmark still opens."""

    need: Need
    filters: Mapping[str, str]
    at: Place | None
    back: bool

    @property
    def title(self) -> str:
        return needs.TITLES[self.need]

    @property
    def query(self) -> dict[str, str]:
        """The address's query without its place."""
        return {"need": self.need.value, **self.filters}

    @property
    def here(self) -> dict[str, str]:
        """The address's query with its place: this page of the queue."""
        at = mark(self.at)
        return {**self.query, "before" if self.back else "after": at} if at else self.query

    @property
    def address(self) -> str:
        """The start of this queue with these filters."""
        return f"{url_for('desk.board')}?{urlencode(self.query)}"


def choices() -> Choices:
    """What can be filtered by a value out of a list: the values of each, and how they read."""
    script = house().door.script
    asked = {
        key: {name: option.said for name, option in question.options.items()}
        for key in ("service", "rating")
        if (question := script.question(script.line.languages[0], key))
    }
    return {
        "tier": TIERS,
        "channel": {c.value: words for c, words in CHANNELS.items()},
        **asked,
        "language": {code: spoken.name for code, spoken in script.words.items()},
        "status": OPEN,
        **YES,
    }


def read(args: Mapping[str, str], listed: Choices) -> Asked:
    """The address's query -> what to show."""
    filters = {name: args[name] for name, values in listed.items() if args.get(name) in values}
    text = on_one_line(args.get("place", ""))[:LONGEST_PLACE]
    filters |= {"place": text} if text else {}
    filters |= {n: args[n] for n in ("since", "until") if read_day(args.get(n, "")) is not None}
    before, after = place(args.get("before", "")), place(args.get("after", ""))
    need = needs.asked(args.get("need", ""), args.get("status", ""))
    return Asked(need, filters, after or before, back=bool(before and not after))


def wanted(asked: Asked) -> Wanted:
    """The same, as the rows are asked for it."""
    values: dict[str, Any] = dict(asked.filters)
    if values.pop("mine", None):
        values["assigned_to"] = me().name
    for name, days in (("since", 0), ("until", 1)):
        found = read_day(values.get(name, ""))
        if found:
            values[name] = datetime.combine(found, time(), LONDON) + days * DAY
    return Wanted(asked.need, values)


def tags(asked: Asked, listed: Choices) -> list[tuple[str, str]]:
    """Each filter in use as its words, and the address without it."""
    found = []
    for name, value in asked.filters.items():
        others = {key: kept for key, kept in asked.query.items() if key != name}
        found.append((_said(name, value, listed), f"{url_for('desk.board')}?{urlencode(others)}"))
    return found


def mark(at: Place | None) -> str | None:
    """Where a page starts, so that items which come meanwhile shift nothing."""
    if at is None:
        return None
    return f"{at[0]}-{(at[1] - EPOCH) // timedelta(microseconds=1)}-{at[2]}"


def place(given: str) -> Place | None:
    """The mark of a page, read back; None for anything else."""
    found = re.fullmatch(r"(\d{1,3})-(\d{1,17})-(\d{1,18})", given)
    if found is None:
        return None
    return int(found[1]), EPOCH + timedelta(microseconds=int(found[2])), int(found[3])


def _said(name: str, value: str, listed: Choices) -> str:
    if name == "place":
        return f"Place: {value}"
    if name in ("since", "until"):
        return f"{'From' if name == 'since' else 'Until'} {day(date.fromisoformat(value))}"
    return listed[name][value]
