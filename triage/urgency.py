"""Which words cannot wait. Pure: a list of phrases and a text in, a tier and its reasons out."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.urgency_guards import Guards, guards
from triage.urgency_phrases import Phrases, phrases
from triage.urgency_spelling import Sentence, Spelling, spelling
from triage.urgency_steps import Language

DISTRESS = "unclear audio with distress"
REASONS = 12  # phrases at most that staff are shown
SHORT = 12  # letters: most texts are answers, and say the same few dozen things ("2", "yes")


class WrongUrgent(Exception):
    """The list of urgent phrases cannot be used; the message names the file."""


@dataclass(frozen=True, eq=False)
class Tier:
    """Phrases of one kind: their tier, what takes a match back, and what lowers it to which."""

    name: str
    spelling: Spelling
    phrases: Phrases
    unless: Guards
    lowers: Guards
    to: str | None
    unclear: bool  # these count only where the machine could hardly make out a recording
    most: int | None  # these count only where a text has no more words than that


@dataclass(frozen=True)
class Found:
    """The tier of a text, or none, and the phrases that decided, in the person's own words."""

    tier: str | None
    phrases: tuple[str, ...]


def load(folder: Path, language: str) -> tuple[Tier, ...]:
    """The kinds of a language, most urgent first; none where there is no list for it yet."""
    path = folder / f"urgent.{language}.toml"
    if not path.exists():
        return ()
    try:
        return _ready(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as why:
        raise WrongUrgent(f"{path.name}: {why}") from None


def tier(tiers: Sequence[Tier], text: str, unclear: bool = False) -> Found:
    """The most urgent tier that a text reaches. Each sentence is weighed on its own.

    `unclear`: the words are a machine's guess at a recording that it could hardly make out; then
    a single word of distress is R1, for nobody can know what else was said (care.md 5).
    """
    return (_short if len(text) <= SHORT else _found)(tuple(tiers), text, unclear)


def _found(tiers: Sequence[Tier], text: str, unclear: bool) -> Found:
    found: dict[str, dict[str, None]] = {}
    kinds = [kind for kind in tiers if _counts(kind, text, unclear)]
    for spelt in dict.fromkeys(kind.spelling for kind in kinds):
        same = [kind for kind in kinds if kind.spelling is spelt]
        for sentence in spelt.sentences(text):
            for name, phrase in (hit for kind in same for hit in _weighed(kind, sentence)):
                found.setdefault(name, {})[phrase] = None
    first = min(found, default=None)  # the names sort as the tiers do
    return Found(first, _reasons(found[first]) if first else ())


_short = lru_cache(maxsize=1024)(_found)


def _counts(kind: Tier, text: str, unclear: bool) -> bool:
    return (unclear or not kind.unclear) and (kind.most is None or len(text.split()) <= kind.most)


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
    ready = [phrases(language, entry["phrases"]) for entry in listed["tier"]]
    known = frozenset().union(*_known(language, listed["tier"]))
    spelt = spelling(listed["heard"], listed["spelling"], known)
    return tuple(
        _tier(language, spelt, entry, kind)
        for entry, kind in zip(listed["tier"], ready, strict=True)
    )


def _reasons(phrases: Mapping[str, None]) -> tuple[str, ...]:
    """The first phrases that decided, but none that is part of another."""
    some = list(phrases)[:REASONS]
    return tuple(one for one in some if not any(one in other for other in some if other != one))


def _weighed(kind: Tier, sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Each phrase that stands in a sentence, with the tier that it comes to, if to any."""
    matches = sorted(set(kind.phrases.found(sentence.words)))
    if not matches:
        return
    unless, lowers = kind.unless.at(sentence.words), kind.lowers.at(sentence.words)
    for start, end, _ in matches:
        low = lowers.hold(start, end)
        name = kind.to if low else kind.name
        if name and not unless.hold(start, end):
            said = sentence.said(start, end)
            yield name, f"{DISTRESS}: {said}" if kind.unclear else said


def _known(language: Language, listed: Iterable[Mapping[str, Any]]) -> Iterator[set[str]]:
    """Every word that the phrases and guards know: such a word is never taken apart."""
    for entry in listed:
        for part in ("phrases", "unless", "lowers"):
            bare = (phrase.strip("&~ ") for phrase in entry.get(part, ()))
            yield phrases(language, (phrase.replace("~", "") for phrase in bare)).words()


def _tier(language: Language, spelt: Spelling, entry: Mapping[str, Any], ready: Phrases) -> Tier:
    return Tier(
        entry["name"],
        spelt,
        ready,
        guards(language, entry.get("unless", ())),
        guards(language, entry.get("lowers", ())),
        entry.get("to"),
        entry.get("unclear", False),
        entry.get("most"),
    )
