"""The plain words of a text, in which texts and the script's own phrases are compared. Pure."""

import re
from collections.abc import Iterable
from functools import cache

from dialogue.digits import digit, typed
from dialogue.reading import Reading
from dialogue.script import Script


def plain(text: str) -> str:
    """A text as it is compared: one case, no marks, no punctuation, single spaces."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"['’]", "", typed(text))).split())


@cache  # of the script's own words: each text was compared with a dozen of them anew
def plain_ones(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, known))


def either(ways: Iterable[str]) -> str:
    """One of these, in a pattern; of none, what never is."""
    return "|".join(map(re.escape, sorted(ways))) or "(?!)"


def begins_with(said: str, ways: Iterable[str]) -> bool:
    """Whether plain words begin with one of these, whole words all."""
    return f"{said} ".startswith(tuple(f"{one} " for one in ways))


def gist(script: Script, language: str, text: str) -> str:
    """The words that matter in a row."""
    return " ".join(matter(script, language, text))


def matter(script: Script, language: str, text: str) -> list[str]:
    """The plain words of a text without those that are only polite."""
    return that_matter(script.words[language].reading, text)


def that_matter(reading: Reading, text: str) -> list[str]:
    empty = reading.polite | reading.beside
    return [bare(empty, token) for token in plain(text).split() if token not in empty]


def bare(empty: frozenset[str], token: str) -> str:
    """ "2x", "2pls" -> "2"."""
    return token[0] if digit(token[0]) is not None and token[1:] in empty else token
