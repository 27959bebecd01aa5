"""Digits and letters, written or said, as signs: "double seven" is 77."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

TIMES = {"double": 2, "treble": 3, "triple": 3, "trouble": 3}  # the last as it is misheard
ORDINAL = re.compile(r"(?:\d*1st|\d*2nd|\d*3rd|\d+th|\d+(?:hrs?|yrs?|am|pm))")
DISTRICT = re.compile(r"[a-z]{1,2}\d{1,2}[a-z]?")  # of a postcode
SLIP = re.compile(r"(?=o*\d)[\do]{2,}")  # "9oo", "o77": the key beside it
LONGEST = 24  # signs of one written word: a hostile one may be longer


@dataclass(frozen=True, slots=True)
class Sign:
    """What one word, or a few, add to a run: from piece `at` up to `end`."""

    chars: str
    at: int
    end: int
    spoken: bool = False
    weak: bool = False  # more often a word of its own: "for", "to", "you"

    @property
    def digits(self) -> bool:
        return self.chars.isdecimal()


def sign(rules: Rules, pieces: Sequence[Piece], at: int) -> Sign | None:
    word = pieces[at].plain
    if word in TIMES and at + 1 < len(pieces) and pieces[at + 1].close:
        return _times(pieces, at)
    if word in ONES or word in TEEN or word in TEN:
        chars = ONES.get(word) or TEEN.get(word) or TEN[word]
        return Sign(chars, at, at + 1, spoken=True)
    if not word.isascii() or len(word) > LONGEST:
        return None
    if any(letter.isdigit() for letter in word):
        word = word.replace("o", "0") if SLIP.fullmatch(word) else word
        counts = ORDINAL.fullmatch(word) and not _postcode(pieces, at)
        return None if counts else Sign(word.upper(), at, at + 1)
    if len(word) == 1:
        return Sign(word.upper(), at, _for_bravo(pieces, at), spoken=True)
    if word in rules.numbers["alike"]:
        return Sign(rules.numbers["alike"][word], at, at + 1, True, weak=True)
    if word in rules.numbers["letters"]:
        return Sign(rules.numbers["letters"][word], at, at + 1, True, weak=True)
    short = len(word) < 4 and (pieces[at].upper or word not in rules.names.words)
    return Sign(word.upper(), at, at + 1, weak=True) if short else None


def _postcode(pieces: Sequence[Piece], at: int) -> bool:
    """Whether "7HR" ends a postcode and is no time of seven hours."""
    before = pieces[at - 1].plain if at and pieces[at].upper and pieces[at].gap == " " else ""
    return pieces[at].plain[1:] == "hr" and DISTRICT.fullmatch(before) is not None


def _times(pieces: Sequence[Piece], at: int) -> Sign | None:
    """ "double seven", "treble oh", "double u"."""
    word = pieces[at + 1].plain
    if pieces[at].plain == "double" and word in ("u", "you"):
        return Sign("W", at, at + 2, True)
    chars = ONES.get(word) or (word.upper() if len(word) == 1 and word.isascii() else "")
    return Sign(chars * TIMES[pieces[at].plain], at, at + 2, True) if chars else None


def _for_bravo(pieces: Sequence[Piece], at: int) -> int:
    """Where "b for bravo" or "m as in mother" ends."""
    for words in (("for",), ("as", "in")):
        end = at + 1 + len(words)
        said = [piece.plain for piece in pieces[at + 1 : end]] == list(words)
        if said and end < len(pieces) and pieces[end].plain[0] == pieces[at].plain:
            return end + 1
    return at + 1


def joined(signs: Sequence[Sign]) -> str:
    """The signs as one text."""
    return "".join(sign.chars for sign in signs)


def trimmed(signs: Sequence[Sign]) -> Sequence[Sign]:
    """Without words of their own at both ends."""
    start, end = 0, len(signs)
    while start < end and signs[start].weak:
        start += 1
    while end > start and signs[end - 1].weak:
        end -= 1
    return signs[start:end]
