"""The lists of `script/redact.*.toml`, read once and frozen."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.redaction.rules import Cues, Names, Rules

OURS = Path(__file__).parents[2] / "script"
KNOWN = ("known", "place_ends", "titles", "roles", "kin")  # lists of words that are no names
LISTS = ("words", "rarer", "names", "places")  # files of words beside it
NEWER = (("shown", "language"), ("near", "articles"))  # than a list that an operator has changed
Lists = Mapping[str, Set[str]]
File = tuple[Path, int]  # and when it was changed


class WrongRedaction(Exception):
    """The list of what is taken out cannot be used; the message names the file."""


def load(folder: Path, language: str = "en") -> Rules:
    """The rules of a language, from the line's folder or ours. Raises WrongRedaction.

    Read once a process, and again when a file has changed.
    """
    path, line = _file(folder, f"redact.{language}.toml"), _file(folder, "line.toml")
    try:
        lists = [_file(folder, f"{kind}.{language}.txt") for kind in LISTS]
        return _read(*((p, p.stat().st_mtime_ns) for p in (path, line, *lists)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        raise WrongRedaction(f"{path.name}: {why}") from None


@lru_cache(maxsize=8)
def _read(path: File, line: File, *lists: File) -> Rules:
    listed = tomllib.loads(path[0].read_text(encoding="utf-8"))
    words = {kind: _words(*file) for kind, file in zip(LISTS, lists, strict=True)}
    return _rules(listed, words, _lines(line[0]))


@lru_cache(maxsize=8)
def _words(path: Path, _changed: int) -> Set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in lines if word and word[0] != "#")


def cues(phrases: Iterable[str], by: int = -1) -> Cues:
    """Phrases as words, by their last word (or their first), the longest first."""
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase.split()[by], []).append(phrase.split())
    return found


def _file(folder: Path, name: str) -> Path:
    return folder / name if (folder / name).exists() else OURS / name


def _lines(path: Path) -> Iterable[str]:
    """The numbers of the line's own help lines: they stay."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        return [re.sub(r"\D", "", entry["number"]) for entry in listed["help_lines"].values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []  # its own checks say what is wrong with that file


def _rules(listed: Mapping[str, Any], lists: Lists, lines: Iterable[str]) -> Rules:
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
