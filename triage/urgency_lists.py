"""The lists of urgent phrases, read once a process and made ready: a kind each, with its guards."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.urgency_guards import Guards, guards
from triage.urgency_phrases import Phrases, phrases
from triage.urgency_spelling import Spelling, spelling
from triage.urgency_steps import Language
from triage.wrong_list import WrongList


class WrongUrgent(WrongList):
    """The list of urgent phrases cannot be used; the message names the file."""


@dataclass(frozen=True, eq=False)
class Tier:
    """Phrases of one kind: their tier, what takes a match back, and what lowers it to which.

    `doubtful`: phrases that are said as often of something else ("choking on the price").
    """

    name: str
    spelling: Spelling
    phrases: Phrases
    doubtful: Phrases
    unless: Guards
    lowers: Guards
    to: str | None
    unclear: bool  # these count only where the machine could hardly make out a recording
    most: int | None  # these count only where a text has no more words than that


def load(folder: Path, language: str) -> tuple[Tier, ...]:
    """The kinds of a language, most urgent first; none where there is no list for it yet."""
    path = named(folder, language)
    if not path.exists():
        return ()
    try:
        return _ready(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as why:
        raise WrongUrgent(f"{path.name}: {why}") from None


def named(folder: Path, language: str) -> Path:
    """Where the list of a language stands, or would stand."""
    return folder / f"urgent.{language}.toml"


@lru_cache(maxsize=8)
def _ready(written: str) -> tuple[Tier, ...]:
    """A list made ready: once a process, as long as the file says the same."""
    listed = tomllib.loads(written)
    turns = listed["turns"]
    language = Language(
        listed["names"],
        *(frozenset(turns[part]) for part in ("turn", "deny")),
        *(frozenset(turns.get(part, ())) for part in ("start", "join")),
    )
    ready = [
        (phrases(language, entry["phrases"]), phrases(language, entry.get("doubtful", ())))
        for entry in listed["tier"]
    ]
    known = frozenset().union(*_known(language, listed["tier"]))
    spelt = spelling(listed["heard"], listed["spelling"], known, language.starts)
    return tuple(
        _tier(language, spelt, entry, kind)
        for entry, kind in zip(listed["tier"], ready, strict=True)
    )


def _known(language: Language, listed: Iterable[Mapping[str, Any]]) -> Iterator[set[str]]:
    """Every word that the phrases and guards know: such a word is never taken apart."""
    for entry in listed:
        for part in ("phrases", "doubtful", "unless", "lowers"):
            bare = (phrase.strip("&~ ") for phrase in entry.get(part, ()))
            yield phrases(language, (phrase.replace("~", "") for phrase in bare)).words()


def _tier(
    language: Language, spelt: Spelling, entry: Mapping[str, Any], ready: tuple[Phrases, Phrases]
) -> Tier:
    return Tier(
        entry["name"],
        spelt,
        *ready,
        guards(language, entry.get("unless", ())),
        guards(language, entry.get("lowers", ())),
        entry.get("to"),
        entry.get("unclear", False),
        entry.get("most"),
    )
