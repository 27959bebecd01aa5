"""Numbers said as words: which number it is, and how many words it took. All functions are pure.

Each reads from the beginning of `words` and gives 0 words taken where no such number begins.
"""

import re
from collections.abc import Sequence


def numbered(first: int, names: str) -> dict[str, int]:
    """The names, each with its number, counted from `first`."""
    return {name: first + n for n, name in enumerate(names.split())}


ONES = numbered(0, "zero one two three four five six seven eight nine")
TEENS = numbered(
    10,
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
)
TENS = {
    name: 10 * tens
    for name, tens in numbered(2, "twenty thirty forty fifty sixty seventy eighty ninety").items()
}
ORDINALS = numbered(
    1,
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
) | {"thirtieth": 30}
CENTURIES = {"nineteen": 1900, "twenty": 2000}
TIMES = {"double": 2, "treble": 3, "triple": 3}
BEGIN = {*ONES, *TEENS, *TENS, *ORDINALS, *TIMES, "a", "oh"}  # each of the numbers here

# Digits of the area before the rest, as Ofcom writes them: 020 7946 0123, 0121 496 0123; else five.
AREAS = (("02", 3), ("01(1|.1)", 4), ("0[389]", 4))

FEWEST_DIGITS = 3  # "two three hours" is no number, "nine nine nine" is one
FEWEST_AFTER_OH = 5  # "oh nine nine nine" is a sigh and 999; "oh seven seven ..." is a telephone
COMMA_FROM = 10_000  # "2026" may be a year


def cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Up to 999,999: "a hundred and four people" is 104, of 4 words."""
    value, taken = _below_thousand(words)
    if not taken or _at(words, taken) != "thousand":
        return value, taken
    rest, more = _and_more(words, taken + 1, _below_thousand(words[taken + 1 :]))
    return 1000 * value + rest, taken + 1 + more


def ordinal(words: Sequence[str]) -> tuple[int, int]:
    """Up to 39: "ninth" is 9, of 1 word, "twenty first" 21, of 2."""
    if (first := _at(words, 0)) in ORDINALS:
        return ORDINALS[first], 1
    unit = ORDINALS.get(_at(words, 1), 0)
    return (TENS[first] + unit, 2) if first in TENS and 0 < unit < 10 else (0, 0)


def year(words: Sequence[str]) -> tuple[int, int]:
    """Said in two halves: "nineteen eighty four", "twenty oh six", "twenty twenty six"."""
    century = CENTURIES.get(_at(words, 0), 0)
    if century and _at(words, 1) == "oh" and _at(words, 2) in ONES:
        return century + ONES[words[2]], 3
    half, taken = _below_hundred(words[1:])
    return (century + half, 1 + taken) if century and half >= 10 else (0, 0)


def digits(words: Sequence[str]) -> tuple[str, int]:
    """Said one by one, with "oh", "double" and "treble"; none when they are too few."""
    said, taken = "", 0
    while True:
        times = TIMES.get(_at(words, taken), 0)
        word = _at(words, taken + (1 if times else 0))
        if word not in ONES and word != "oh":
            break
        said += str(ONES.get(word, 0)) * (times or 1)
        taken += 2 if times else 1
    fewest = FEWEST_AFTER_OH if _at(words, 0) == "oh" else FEWEST_DIGITS
    return (said, taken) if len(said) >= fewest else ("", 0)


def grouped(said: str) -> str:
    """Digits as people write them: a telephone is 07700 900123, an NHS number 943 476 5919."""
    if len(said) == 11 and said.startswith("0"):
        area = next((size for begins, size in AREAS if re.match(begins, said)), 5)
        rest = said[area:]
        return f"{said[:area]} {rest}" if area == 5 else f"{said[:area]} {rest[:-4]} {rest[-4:]}"
    if len(said) == 10 and not said.startswith("0"):
        return f"{said[:3]} {said[3:6]} {said[6:]}"
    return said


def written(value: int) -> str:
    """A number in figures."""
    return f"{value:,}" if value >= COMMA_FROM else str(value)


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    if _at(words, 0) == "a" and _at(words, 1) in ("hundred", "thousand"):
        value, taken = 1, 1
    else:
        value, taken = _below_hundred(words)
    if not value or _at(words, taken) != "hundred":
        return value, taken
    rest, more = _and_more(words, taken + 1, _below_hundred(words[taken + 1 :]))
    return 100 * value + rest, taken + 1 + more


def _and_more(words: Sequence[str], at: int, bare: tuple[int, int]) -> tuple[int, int]:
    """What stands after "hundred" or "thousand", with or without "and"."""
    if _at(words, at) != "and":
        return bare
    rest, taken = _below_hundred(words[at + 1 :])
    return (rest, taken + 1) if taken else (0, 0)


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    first, second = _at(words, 0), _at(words, 1)
    if first in TENS:
        unit = ONES.get(second, 0)
        return (TENS[first] + unit, 2) if unit else (TENS[first], 1)
    value = TEENS.get(first, ONES.get(first))
    return (0, 0) if value is None else (value, 1)


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
