"""What an address of the figures asks for: which period, whose feedback; and back into words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from flask import url_for

from handlers.desk.filters import LONGEST_PLACE, choices
from handlers.desk.form import on_one_line
from handlers.house import house
from store.figures import SIDES, Wanted
from triage import periods
from triage.periods import Period

BACK = 25  # months: the same one of two years ago is there to compare with
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Asked:
    """A period and filters. What the address cannot mean is left out: an old bookmark opens."""

    period: Period
    sides: Mapping[str, str]
    provider: str | None
    place: str | None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.period.months, self.sides, self.provider, self.place)

    @property
    def query(self) -> dict[str, str]:
        more = {"provider": self.provider, "place": self.place}
        found = {"since": self.period.since, "until": self.period.until, **self.sides}
        return found | {name: value for name, value in more.items() if value}

    @property
    def filters(self) -> dict[str, object]:
        """The same, as cells are kept by it."""
        return {**self.sides, **({"here": True} if self.provider or self.place else {})}


def labels() -> Labels:
    """What each side can be, and how it reads, in the script's order."""
    found = {n: dict(v) for n, v in choices().items() if n in SIDES}
    script = house().door.script
    about = script.question(script.line.languages[0], "about").options
    found["about"] = {name: option.text for name, option in about.items()}
    found["line"] = {script.line.id: script.line.name}
    return {name: found[name] for name in SIDES}


def read(args: Mapping[str, str], listed: Labels, now: datetime) -> Asked:
    """The address's query -> what to count."""
    period = asked_period(args, periods.fixed(now, BACK))
    sides = {name: args[name] for name, values in listed.items() if args.get(name) in values}
    provider = args.get("provider", "")
    place = on_one_line(args.get("place", ""))[:LONGEST_PLACE]
    fits = re.fullmatch(r"[A-Z0-9-]{3,20}", provider)
    return Asked(period, sides, provider if fits else None, place or None)


def asked_period(args: Mapping[str, str], known: Mapping[str, Sequence[Period]]) -> Period:
    """The smallest period that holds the months asked for; this quarter where none is.

    `period` is what the form sends, 2026-10_2026-12; older addresses have `since` and `until`.
    """
    given = args.get("period", "").split("_") if args.get("period") else []
    since, until = given if len(given) == 2 else (args.get("since", ""), args.get("until", ""))
    usual = known["Quarters"][0]
    wanted = {key for key in (since, until) if re.fullmatch(r"\d{4}-\d{2}", key)}
    fits = [
        p for kind in known.values() for p in kind if all(p.since <= k <= p.until for k in wanted)
    ]
    return fits[0] if fits and wanted else usual


def tags(asked: Asked, listed: Labels, provider: str | None) -> list[tuple[str, str]]:
    """Each filter in use in words, and the address without it."""
    found = []
    for name, value in asked.sides.items():
        others = {key: kept for key, kept in asked.sides.items() if key != name}
        found.append((listed[name][value], without(asked, sides=others)))
    if asked.provider:
        found.append((provider or asked.provider, without(asked, provider=None)))
    if asked.place:
        found.append((f"Place: {asked.place}", without(asked, place=None)))
    return found


def without(asked: Asked, **changed: object) -> str:
    """The address of the figures with something else asked."""
    return address(replace(asked, **changed))  # type: ignore[arg-type]


def address(asked: Asked) -> str:
    """The address of these figures."""
    return f"{url_for('desk.figures')}?{urlencode(asked.query)}"
