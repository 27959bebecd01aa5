"""A coding in words: its fields, its values, and what each save of it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.house import house
from store.coding_rows import Coding, Reading
from triage import coding

NAMES = {
    "service": "Service",
    "place": "Place",
    "provider": "Provider",
    "about": "About",
    "sentiment": "Sentiment",
    "themes": "Themes",
    "happened": "When",
    "happened_on": "Day",
    "staff_rating": "Our rating",
}
FEELINGS = {
    "positive": "Positive",
    "negative": "Negative",
    "mixed": "Mixed: both",
    "neutral": "Neutral",
    "unclear": "Unclear",
}


@dataclass(frozen=True)
class Save:
    """One save, in words: what it changed."""

    by: str
    at: datetime
    how: str
    lines: Sequence[tuple[str, str, str]]  # field, what it was, what it is


def coded_as(value: Any, field: str) -> str:
    """A value of a field as people read it."""
    if not value:
        return "nothing"
    if field == "themes":
        return ", ".join(map(house().taxonomy.name, [value] if isinstance(value, str) else value))
    if field == "sentiment":
        return FEELINGS.get(str(value), str(value))
    question = {"service": "service", "about": "about", "staff_rating": "rating"}.get(field)
    if question is None:
        return str(value)
    script = house().door.script
    options = script.question(script.line.languages[0], question).options
    option = options.get(value)
    if option is None:
        return str(value).replace("_", " ")
    return option.text if question == "about" else option.said


def history(rows: Sequence[Coding]) -> list[Save]:
    """What each save changed; a second reader's shows once it is settled, and not before."""
    found: list[Save] = []
    before: Mapping[str, Any] = {}
    for row in rows:
        if row.reading is Reading.SECOND:
            continue
        changed = coding.changed(before, row.coded)
        how = "settled between two readers" if row.reading is Reading.SETTLED else ""
        lines = [
            (NAMES[k], coded_as(old, k), coded_as(new, k)) for k, (old, new) in changed.items()
        ]
        found.append(Save(row.by, row.at, how, lines))
        before = row.coded
    return found
