"""Which words cannot wait. Pure: a list of phrases and a text in, a tier and its reasons out."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class WrongUrgent(Exception):
    """The list of urgent phrases cannot be used; the message names the file."""


@dataclass(frozen=True)
class Tier:
    """One tier: its phrases, each with the pattern that finds it, and what takes a match back."""

    name: str
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    unless: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Found:
    """The tier of a text, or none, and the phrases that decided."""

    tier: str | None
    phrases: tuple[str, ...]


def load(folder: Path, language: str) -> tuple[Tier, ...]:
    """The tiers of a language, most urgent first; none where there is no list for it yet."""
    path = folder / f"urgent.{language}.toml"
    if not path.exists():
        return ()
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))["tier"]
        return tuple(_tier(entry) for entry in listed)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as why:
        raise WrongUrgent(f"{path.name}: {why}") from None


def tier(tiers: Sequence[Tier], text: str) -> Found:
    """The most urgent tier that a text reaches. Each sentence is weighed on its own."""
    sentences = [_plain(part) for part in re.split(r"[.!?\n;]+", text)]
    for level in tiers:
        found = tuple(
            phrase
            for phrase, pattern in level.phrases
            if any(_stands(level, pattern, sentence) for sentence in sentences)
        )
        if found:
            return Found(level.name, found)
    return Found(None, ())


def _stands(level: Tier, pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether a match is left that no `unless` covers: what else the sentence says, stands."""
    matches = [found.span() for found in pattern.finditer(sentence)]
    if not matches:
        return False
    taken = [found.span() for unless in level.unless for found in unless.finditer(sentence)]
    return any(not any(a <= start and end <= b for a, b in taken) for start, end in matches)


def _tier(entry: dict[str, object]) -> Tier:
    phrases, unless, turns = entry["phrases"], entry["unless"], entry["turns"]
    if not (isinstance(phrases, list) and isinstance(unless, list) and isinstance(turns, list)):
        raise TypeError("phrases, unless and turns are lists")
    # Up to six words may stand in a gap, but none that turns the sentence: "but now".
    gap = rf"(?:(?!(?:{'|'.join(map(_stem, map(str, turns)))})\b)\w+ ){{0,6}}"
    return Tier(
        str(entry["name"]),
        tuple((str(p), _pattern(str(p), gap)) for p in phrases),
        tuple(_pattern(str(p), gap) for p in unless),
    )


def _pattern(phrase: str, gap: str) -> re.Pattern[str]:
    words = "".join(gap if word == "..." else _either(word) for word in phrase.split())
    return re.compile(r"\b" + words.removesuffix(" ") + r"\b")


def _either(word: str) -> str:
    return f"(?:{'|'.join(map(_stem, word.split('|')))}) "


def _stem(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"['’]", "", letters)).split())
