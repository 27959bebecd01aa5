"""What somebody's words signal that staff must know: a child, a death, a member of staff. Pure.

One function for texts, transcripts, corrections and what catch-up finds. The lists are data
(`[signals]` in a language's file); like the urgent ones they only show, and never close or hide.
"""

import re
from functools import cache

from dialogue.plain import plain
from dialogue.script import Script
from dialogue.words import Signal, Words
from tiers import URGENT


def found(script: Script, text: str, tier: str | None) -> tuple[str, ...]:
    """The signals in a text, by the lists of every language of the line, in their order.

    `tier` is its urgent tier: beside words of life or abuse "my little girl" is a child at risk,
    elsewhere it is not.
    """
    said = re.sub(r"(\d)([^\W\d])", r"\1 \2", plain(text)) + " "  # "12yo" is "12 yo"
    names = [
        name
        for words in script.words.values()
        for name, signal in words.signals
        if _shows(words, signal, said, tier)
    ]
    return tuple(dict.fromkeys(names))


def _shows(words: Words, signal: Signal, said: str, tier: str | None) -> bool:
    wanted = signal.phrases + (signal.urgent if tier in URGENT else ())
    return stands(words, wanted, said, unless=signal.unless)


def stands(words: Words, phrases: tuple[str, ...], said: str, unless: tuple[str, ...] = ()) -> bool:
    """Whether one of these phrases stands in what is said, in plain words with a space behind each,
    where none of `unless` does. Raises KeyError for a @name that nobody knows."""
    names = tuple(words.names.items())
    left = _pattern(unless, names).sub("| ", said)
    return _pattern(phrases, names).search(left) is not None


def nothing_but(words: Words, phrases: tuple[str, ...], said: str) -> bool:
    """Whether what is said, in plain words with a space behind each, is these phrases and no more.
    Raises KeyError as `stands` does."""
    left = _pattern(phrases, tuple(words.names.items())).sub("", said)
    return bool(said.strip()) and not left.strip()


@cache
def _pattern(phrases: tuple[str, ...], names: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Whole words in a row. Raises KeyError for a @name that nobody knows."""
    named = [re.sub(r"@(\w+)", lambda at: dict(names)[at[1]], phrase) for phrase in phrases]
    ways = "|".join("".join(map(_token, phrase.split())) for phrase in named)
    return re.compile(rf"(?<!\S)(?:{ways})" if ways else r"(?!)")


def _token(word: str) -> str:
    """a|b is either, ?a may be missing, of_two is "of two", and $ is the end of what is said."""
    if word == "$":
        return "$"
    ways = "|".join(re.escape(plain(way.replace("_", " "))) for way in word.strip("?").split("|"))
    return f"(?:(?:{ways}) ){'?' if word[0] == '?' else ''}"
