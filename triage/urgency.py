"""Which words cannot wait. Pure: a list of phrases and a text in, a tier and its reasons out."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.urgency_guards import Guards, guards
from triage.urgency_phrases import Language, Phrases, phrases
from triage.urgency_spelling import Spelling, spelling


class WrongUrgent(Exception):
    """The list of urgent phrases cannot be used; the message names the file."""


@dataclass(frozen=True)
class Tier:
    """One tier: its phrases, what takes a match back, and what lowers it to which tier."""

    name: str
    spelling: Spelling
    phrases: Phrases
    unless: Guards
    lowers: Guards
    to: str | None


@dataclass(frozen=True)
class Found:
    """The tier of a text, or none, and the phrases that decided, in the text's own words."""

    tier: str | None
    phrases: tuple[str, ...]


def load(folder: Path, language: str) -> tuple[Tier, ...]:
    """The tiers of a language, most urgent first; none where there is no list for it yet."""
    path = folder / f"urgent.{language}.toml"
    if not path.exists():
        return ()
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        spelt = spelling(listed["heard"], listed["spelling"])
        return tuple(_tier(entry, listed["names"], spelt) for entry in listed["tier"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as why:
        raise WrongUrgent(f"{path.name}: {why}") from None


def tier(tiers: Sequence[Tier], text: str) -> Found:
    """The most urgent tier that a text reaches. Each sentence is weighed on its own."""
    lowered: dict[str, list[str]] = {}
    for level in tiers:
        found = lowered.pop(level.name, [])
        for sentence in level.spelling.sentences(text):
            for phrase, to in _weighed(level, sentence):
                (found if to is None else lowered.setdefault(to, [])).append(phrase)
        if found:
            return Found(level.name, tuple(dict.fromkeys(found)))
    return Found(None, ())


def _weighed(level: Tier, sentence: str) -> Iterator[tuple[str, str | None]]:
    """Each phrase that stands in a sentence, and the tier it is lowered to, if it is."""
    matches = list(level.phrases.found(sentence))
    if not matches:
        return
    unless, lowers = level.unless.at(sentence), level.lowers.at(sentence)
    for _, start, end in matches:
        if not unless.cover(start, end):
            low = level.to and lowers.cover(start, end)
            yield sentence[start:end].strip(), level.to if low else None


def _tier(entry: Mapping[str, Any], names: Mapping[str, str], spelt: Spelling) -> Tier:
    language = Language(names, entry["turns"])
    return Tier(
        entry["name"],
        spelt,
        phrases(language, entry["phrases"], "??"),
        guards(language, entry["unless"]),
        guards(language, entry["lowers"]),
        entry.get("to"),
    )
