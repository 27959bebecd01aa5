"""What an item is about, as somebody filled it in: checked, and put on the item. Pure.

The caller's own answers stay as they were given: their rating is never touched, and staff's own is
kept apart; service, place and "about" move to `given` when staff’s word first takes their place.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from store.models import Feedback
from tiers import URGENT
from triage import naming
from triage.safeguarding import DEATH
from triage.taxonomy import MOST, SENTIMENTS

OWN = ("service", "place", "about")
LONGEST = {"place": 200, "provider": 200, "happened": 100}
FIELDS = (
    *("service", "place", "provider", "about", "sentiment"),
    *("themes", "happened", "happened_on", "staff_rating"),
)


@dataclass(frozen=True)
class Choices:
    """The keys that each question offers."""

    service: Collection[str]
    about: Collection[str]
    rating: Collection[str]
    themes: Collection[str]


class Wrong(Exception):
    """What is wrong, by field, in the order of the form."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


def rateable(item: Feedback) -> bool:
    """Whether anybody is to rate it: never words of life or abuse, and never a death."""
    return item.tier not in URGENT and DEATH not in item.signals


def of(item: Feedback) -> dict[str, Any]:
    """What stands on an item now, field by field; the caller's own answers until staff's do."""
    on = item.happened_on.isoformat() if item.happened_on else None
    return {name: getattr(item, name) for name in FIELDS} | {"happened_on": on}


def own(item: Feedback) -> Mapping[str, Any]:
    """The caller's own answers, whatever staff made of them."""
    return {**{name: getattr(item, name) for name in OWN}, **(item.given or {})}


def check(item: Feedback, coded: Mapping[str, Any], choices: Choices, today: date) -> None:
    """Raises Wrong when these values will not do. Blank is a value: nobody has to know."""
    errors = [
        (name, words)
        for name, listed, words in (
            ("service", choices.service, "Choose a service from the list."),
            ("about", choices.about, "Choose who the care was for from the list."),
            ("sentiment", SENTIMENTS, "Choose how the words sound. “Unclear” is a choice too."),
            ("staff_rating", choices.rating, "Choose a rating from the list."),
        )
        if coded[name] not in (*listed, *([] if name == "sentiment" else [None]))
    ]
    errors += [
        (name, f"Keep this to {most} characters.")
        for name, most in LONGEST.items()
        if len(coded[name] or "") > most
    ]
    errors += _themes(coded["themes"], {*choices.themes, *item.themes})
    errors += _day(coded["happened_on"], today)
    if coded["staff_rating"] and not rateable(item):
        errors.append(("staff_rating", "This is not rated: it is about danger, or a death."))
    if errors:
        raise Wrong(errors)


def put(item: Feedback, coded: Mapping[str, Any]) -> None:
    """Put checked values on the item."""
    item.given = dict(own(item))
    for name in FIELDS:
        setattr(item, name, coded[name])
    item.happened_on = date.fromisoformat(coded["happened_on"]) if coded["happened_on"] else None
    item.provider_id = naming.number(item.provider)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields that one save changed: what they were, and what they are."""
    return {
        name: (before.get(name), after.get(name))
        for name in FIELDS
        if (before.get(name) or None) != (after.get(name) or None)
    }


def _themes(given: list[str], known: Collection[str]) -> list[tuple[str, str]]:
    if len(given) > MOST:
        return [("themes", f"Choose {MOST} themes at most: those that matter most here.")]
    if set(given) - set(known):
        return [("themes", "Choose themes from the list.")]
    return []


def _day(given: str | None, today: date) -> list[tuple[str, str]]:
    if given is None:
        return []
    try:
        late = date.fromisoformat(given) > today
    except ValueError:
        return [("happened_on", "Write the day as the calendar gives it, or leave it empty.")]
    return [("happened_on", "That day is still to come.")] if late else []
