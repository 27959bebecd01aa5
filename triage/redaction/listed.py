"""What `script/redact.*.toml` says, as the rules that redaction works by."""

import re
from collections.abc import Iterable, Mapping, Set
from typing import Any

from triage.redaction.rules import Cues, Names, Rules

KNOWN = ("known", "place_ends", "titles", "roles", "kin", "abroad")  # words that are no names
# Keys that lists from before lack: an operator's own is told so.
NEWER = (
    ("shown", "language"),
    ("near", "articles"),
    ("near", "endearments"),
    ("near", "abroad"),
    ("numbers", "near_code"),
    ("numbers", "near_door"),
    ("streets", "alone"),
    ("streets", "homes"),
    ("web", "handles"),
    ("web", "leading"),
    ("web", "stops"),
)
Lists = Mapping[str, Set[str]]


def made(listed: Mapping[str, Any], lists: Lists, lines: Iterable[str]) -> Rules:
    """The rules of a list, of the words beside it and of the line's own numbers, which stay.

    Raises ValueError where the list lacks what ours has.
    """
    if missing := [key for part, key in NEWER if key not in listed[part]]:
        raise ValueError(f"{', '.join(missing)} is missing: take it over from ours")
    near, numbers, births = listed["near"], listed["numbers"], listed["births"]
    phrases = {key: near[key] for key in ("named", "maybe", "joined")}
    phrases["born"] = births["near"]
    phrases["live"] = listed["streets"]["live"]
    return Rules(
        listed["shown"],
        _names(
            listed["names"],
            lists,
            {word for key in KNOWN for word in near[key].split()},
            _set(near["verbs"]),
        ),
        {key: _set(value) for key, value in near.items() if isinstance(value, str)},
        {key: cues(some) for key, some in phrases.items()},
        cues(near["stays"], by=0),
        numbers,
        frozenset([*numbers["stays"], *filter(None, lines)]),
        {
            key.removeprefix("near_"): re.compile(rf" (?:{value}) ")
            for key, value in numbers.items()
            if key.startswith("near_")
        },
        {key: _set(value) for key, value in births.items() if isinstance(value, str)},
        {key: _set(value) for key, value in listed["streets"].items() if isinstance(value, str)},
        listed["web"],
    )


def _names(listed: Mapping[str, str], lists: Lists, known: Set[str], verbs: Set[str]) -> Names:
    given, surnames, sure = (_set(listed[key]) for key in ("given", "surnames", "sure"))
    surnames |= lists["names"]
    words, places = lists["words"] | known, lists["places"] | _set(listed["places"])
    return Names(
        given,
        surnames,
        ((given | surnames) - (words | places | verbs)) | sure,
        words,
        lists["rarer"],
        places,
        _set(listed["particles"]),
        tuple(listed["endings"].split()),
    )


def _set(words: str) -> Set[str]:
    return frozenset(words.split())


def cues(phrases: Iterable[str], by: int = -1) -> Cues:
    """Phrases as words, by their last word (or their first), the longest first."""
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase.split()[by], []).append(phrase.split())
    return found
