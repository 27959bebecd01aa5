"""A text as its words: in plain small letters, each knowing where it stood. Pure, linear."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from triage.urgency_disguise import ALIKE

# What is taken out already is one word, that is nobody's name and parts what stands around it.
WORD = re.compile(r"\[[a-z ]{3,40} removed\]|[^\W_]+(?:'[^\W\d_]+)*")
DASHES = str.maketrans("‐‑‒–—−", "------")
LETTERS = str.maketrans("łđøæœıþð", "ldoaoitd")  # these fall into no letter and accent
ENDS = re.compile(r"[.!?:;\n•]")
FEW = 6  # words: of so few nobody can tell whether capitals mean something
MOST = 0.75  # Of The Words Begin With A Capital: then a capital shows nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """A word: `plain` without apostrophes, `stem` without "'s" too, `end` before the "'s"."""

    plain: str
    stem: str
    start: int
    end: int
    capital: bool  # begins with a capital, where capitals mean something
    upper: bool
    first: bool  # begins a sentence
    gap: str  # what stands between it and the word before, in plain letters

    @property
    def close(self) -> bool:
        """Whether only blanks or a hyphen part it from the word before."""
        return self.gap == "-" or (self.gap.isspace() and "\n" not in self.gap)


@dataclass(frozen=True)
class Plain:
    """A text in plain letters, and for each of them its place in what was written."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text stood."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Small letters: no accents, no blanks of no width, no look-alikes or foreign digits."""
    if text.isascii():
        return Plain(text.lower(), range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for letter in sign.lower() if sign.isascii() else _letters(sign):
            letters.append(letter)
            places.append(at)
    return Plain("".join(letters), places)


def pieces(written: str, read: Plain) -> list[Piece]:
    """The words of a text, in order."""
    spans = [match.span() for match in WORD.finditer(read.text)]
    raw = [written[slice(*read.span(*span))] for span in spans]
    cased, shouted = _cased(raw)
    found, before = [], 0
    for (start, end), said in zip(spans, raw, strict=True):
        word, gap = read.text[start:end], read.text[before:start]
        owns = len(word) - 2 if word.endswith("'s") else len(word)
        first = not before or ENDS.search(gap) is not None
        upper = said.isupper() and not shouted
        capital = cased and said[0].isupper() and (upper or not said.isupper() or len(said) == 1)
        where = read.span(start, start + owns)
        stem = word[:owns].replace("'", "")
        found.append(Piece(word.replace("'", ""), stem, *where, capital, upper, first, gap))
        before = end
    return found


def _cased(words: Sequence[str]) -> tuple[bool, bool]:
    """Whether capitals mean something in these words; whether all of it is shouted."""
    long = [word for word in words if len(word) > 1 and word[0].isalpha()]
    shouted = sum(word.isupper() for word in long) * 2 > len(long)
    starts = sum(word[0].isupper() for word in long)
    return not shouted and (len(long) < FEW or starts < MOST * len(long)), shouted


def _letters(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    apart = unicodedata.normalize("NFKD", sign.translate(DASHES))
    kept = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return kept.lower().translate(ALIKE).translate(LETTERS)
