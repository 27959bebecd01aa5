"""Digits said one by one, and how people write a row of them."""

import re
from collections.abc import Sequence

from speech.numerals import ONES, TIMES

# Digits of the area before the rest, as Ofcom writes them: 020 7946 0123, 0121 496 0123; else five.
AREAS = (("02", 3), ("01(1|.1)", 4), ("0[3589]", 4))

FEWEST_DIGITS = 3  # "two three hours" is no number, "nine nine nine" is one
FEWEST_AFTER_OH = 5  # "oh nine nine nine" is a sigh and 999; "oh seven seven ..." is a telephone
FEWEST_WITH_HUNDRED = 8  # "oh eight hundred one person" is a sigh; Childline is 0800 1111


def digits(words: Sequence[str]) -> tuple[str, int]:
    """With "oh", "double", "treble" and "oh eight hundred"; none when they are too few."""
    said, taken = "", 0
    while True:
        times = TIMES.get("".join(words[taken : taken + 1]), 0)
        word = "".join(words[taken + (1 if times else 0) :][:1])
        if word == "hundred" and said.startswith("0") and not times:
            said += "00"
        elif word in ONES or word == "oh":
            said += str(ONES.get(word, 0)) * (times or 1)
        else:
            break
        taken += 2 if times else 1
    fewest = FEWEST_AFTER_OH if words[:1] == ["oh"] else FEWEST_DIGITS
    fewest = FEWEST_WITH_HUNDRED if "hundred" in words[:taken] else fewest
    return (said, taken) if len(said) >= fewest else ("", 0)


def grouped(said: str) -> str:
    """Digits as people write them: a telephone is 07700 900123, an NHS number 943 476 5919."""
    if len(said) in (10, 11) and said.startswith("0"):
        area = next((size for begins, size in AREAS if re.match(begins, said)), 5)
        rest = said[area:]
        short = area == 5 or len(said) == 10
        return f"{said[:area]} {rest}" if short else f"{said[:area]} {rest[:-4]} {rest[-4:]}"
    if len(said) == 10:
        return f"{said[:3]} {said[3:6]} {said[6:]}"
    return said
