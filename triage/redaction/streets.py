"""House numbers, streets and houses with a name: the parts of an address."""

import re
from collections.abc import Sequence

from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

NUMBER = re.compile(r"\d{1,4}[a-z]?")
MOST = 3  # words of a street's name


def street(rules: Rules, pieces: Sequence[Piece], at: int, sure: bool, gap: str = ", ") -> int:
    """Where "acacia road" ends; 0 when no street begins here. `sure`: its number is a house's."""
    streets = rules.streets
    for end in range(at, min(at + MOST + 1, len(pieces))):
        piece = pieces[end]
        if not (piece.close or (end == at and piece.gap == gap)):
            return 0
        word, named = piece.plain, end > at
        if word in streets["alone"]:  # "202b Kingsway"
            return end + 1
        if named and word in streets["ends"]:
            return end + 1
        if named and word in streets["too"] and _goes(pieces, end):
            ends = end + 1 < len(pieces) and pieces[end + 1].close
            more = ends and pieces[end + 1].plain in streets["ends"]
            return end + 2 if more else end + 1
        common = (word == "the" and end == at) or (sure and word in ("the", "old", "new"))
        if word in streets["not_street"] and not common:
            return 0
    return 0


def _goes(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a street may end in a word that is also another: "Park" beside a capital "Green"."""
    return pieces[at].capital or not pieces[at - 1].capital


def _misheard(pieces: Sequence[Piece], at: int) -> bool:
    """Whether "to" is the 2 of "seventy to birmingham road"."""
    return pieces[at].plain in ("to", "too", "for") and pieces[at - 1].plain in TEN


def number(pieces: Sequence[Piece], at: int) -> int:
    """Where a house number ends: "2b", "two b", "thirty seven", "one hundred and four"."""
    end = at
    if [piece.plain for piece in pieces[at : at + 2]] == ["a", "hundred"]:
        end = at + 1
    while end < len(pieces) and end - at < 5 and (end == at or pieces[end].close):
        word = pieces[end].plain
        spoken = word in ONES or word in TEEN or word in TEN
        linked = end > at and (word in ("hundred", "and", "a") or _misheard(pieces, end))
        if not (spoken or linked or (end == at and NUMBER.fullmatch(word))):
            break
        end += 1
        if NUMBER.fullmatch(word):
            break
    while end > at and pieces[end - 1].plain in ("and", "a"):
        end -= 1
    if end == at + 1 and end < len(pieces) and pieces[end].gap == "/":  # "22/4"
        end += NUMBER.fullmatch(pieces[end].plain) is not None
    letter = end > at and end < len(pieces) and pieces[end].close
    if letter and len(pieces[end].plain) == 1 and pieces[end].plain in "abcdefgh":
        follows = pieces[end + 1].plain if end + 1 < len(pieces) else ""
        end += pieces[end].plain != "a" or follows not in ("", "the")
    return end
