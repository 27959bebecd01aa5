"""Digits said one by one, and how people write a row of them."""

import re
from collections.abc import Callable, Sequence

from speech.numerals import ONES, TIMES, cardinal

Piece = Callable[[Sequence[str], str], tuple[str, int]]  # the next words, and the digits before

# Digits of the area before the rest, as Ofcom writes them: 020 7946 0123, 0121 496 0123; else five.
AREAS = (("02", 3), ("01(1|.1)", 4), ("0[3589]", 4))

CHILDLINE = re.compile(r"0800\d{4}")  # the shortest of its kind
FEWEST_DIGITS = 3  # "two three hours" is no number, "nine nine nine" is one
FEWEST_AFTER_OH = 5  # "oh nine nine nine" is a sigh and 999; "oh seven seven ..." is a telephone
FEWEST_WITH_HUNDRED = 8  # "oh eight hundred one person" is a sigh; Childline is 0800 1111
AREA_OF_THOUSAND = 2  # digits before it: "oh three thousand" is 03000


def digits(words: Sequence[str]) -> tuple[str, int]:
    """With "oh", "double", "treble" and "oh eight hundred"; none when they are too few."""
    said, taken = _row(words, _one)
    fewest = FEWEST_AFTER_OH if words[:1] == ["oh"] else FEWEST_DIGITS
    fewest = FEWEST_WITH_HUNDRED if "hundred" in words[:taken] else fewest
    return (said, taken) if len(said) >= fewest else ("", 0)


def in_pairs(words: Sequence[str]) -> tuple[str, int]:
    """Behind a 0 also two by two: "oh eight hundred eleven eleven", "oh three thousand sixty one".

    Only its length tells whether it is a telephone: "oh nine nine nine ten times" is none.
    """
    return _row(words, _pair) if "".join(words[:1]) in ("oh", "zero") else ("", 0)


def _row(words: Sequence[str], piece: Piece) -> tuple[str, int]:
    said, taken = "", 0
    while (more := piece(words[taken : taken + 2], said))[1]:
        said, taken = said + more[0], taken + more[1]
    return said, taken


def _one(words: Sequence[str], said: str) -> tuple[str, int]:
    """The digits of the next word, or of "double" and the next; none where it says no digit."""
    times = TIMES.get("".join(words[:1]), 0)
    word = "".join(words[1:2] if times else words[:1])
    if word == "hundred" and said.startswith("0") and not times:
        return "00", 1
    known = word in ONES or word == "oh"
    return (str(ONES.get(word, 0)) * (times or 1), 2 if times else 1) if known else ("", 0)


def _pair(words: Sequence[str], said: str) -> tuple[str, int]:
    value, taken = cardinal(words)
    if 10 <= value < 100:
        return str(value), taken
    thousand = words[:1] == ["thousand"] and len(said) == AREA_OF_THOUSAND
    return ("000", 1) if thousand else _one(words, said)


def grouped(said: str) -> str:
    """Digits as people write them: a telephone is 07700 900123, an NHS number 943 476 5919."""
    if len(said) in (10, 11) and said.startswith("0"):
        area = next((size for begins, size in AREAS if re.match(begins, said)), 5)
        rest = said[area:]
        short = area == 5 or len(said) == 10
        return f"{said[:area]} {rest}" if short else f"{said[:area]} {rest[:-4]} {rest[-4:]}"
    if CHILDLINE.fullmatch(said):
        return f"{said[:4]} {said[4:]}"
    if len(said) == 10:
        return f"{said[:3]} {said[3:6]} {said[6:]}"
    return said
