"""Digits said one by one, 999, 111, a telephone, an NHS number, and how people write them.

Only what is sure: in "nine nine nine one ambulance came" the one is of the ambulance.
"""

import re
from collections.abc import Sequence

from speech.numerals import ONES, TEENS, TENS, TIMES, Written
from speech.units import unit

# Digits of the area before the rest, as Ofcom writes them: 020 7946 0123, 0121 496 0123; else five.
AREAS = (("02", 3), ("01(1|.1)", 4), ("0[389]", 4))
# A telephone or an NHS number is known by its length, and so is one of 44 for Britain.
LONG = re.compile(r"0?\d{10}|44\d{10}")
EMERGENCY = re.compile("999|111")
# "Two nine nine nine calls", and a sigh before it: the emergency number begins at its second word.
LATER = re.compile(r"\d(999|111)|0(999|111)\d")
COUNTING = "123456789"  # "four five six nurses" are about five

FEWEST_DIGITS = 3  # "two three hours" is no number, "nine nine nine" is one
FEWEST_AFTER_OH = 5  # "oh nine nine nine" is a sigh and 999; "oh seven seven ..." is a telephone
FEWEST_WITH_HUNDRED = 8  # "oh eight hundred one person" is a sigh; Childline is 0800 1111
GOES_ON = {"times", "hundred", "thousand", "million"}  # "seven eight nine times a day"
NUMBERS = TEENS.keys() | TENS.keys()  # "seven eight nine ten"


def digit_run(words: Sequence[str], ends: Sequence[int]) -> Written:
    """The digits at the beginning of `words`, grouped, and how many words they take.

    `ends`: how many words there are before each pause that ends a sentence. People say a long
    number in pieces; no other goes over a pause.
    """
    if not digits(words)[1]:
        return None
    for end in reversed(ends):
        if long := _known(words[:end], LONG):
            return long
    sentence = words[: ends[0]]
    return _known(sentence, EMERGENCY) or _row(sentence)


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
    if len(said) == 11 and said.startswith("0"):
        area = next((size for begins, size in AREAS if re.match(begins, said)), 5)
        rest = said[area:]
        return f"{said[:area]} {rest}" if area == 5 else f"{said[:area]} {rest[:-4]} {rest[-4:]}"
    if len(said) == 10 and not said.startswith("0"):
        return f"{said[:3]} {said[3:6]} {said[6:]}"
    return said


def _known(words: Sequence[str], known: re.Pattern[str]) -> Written:
    """A number that is known, which takes all digits or leaves one word to what follows."""
    _, most = digits(words)
    for size in range(most, max(0, most - 2), -1):
        said, taken = digits(words[:size])
        if known.fullmatch(said) and not _goes_on(words[taken:]):
            return grouped(said), taken
    return None


def _row(words: Sequence[str]) -> Written:
    """Of no known length, so that it may be none: a code, a room, or "five six seven days"."""
    said, taken = digits(words)
    after = words[taken:]
    counting = len(said) == FEWEST_DIGITS and said in COUNTING and after
    more = _goes_on(after) or "".join(after[:1]) in NUMBERS
    doubtful = counting or more or LATER.fullmatch(said)
    return (grouped(said), taken) if taken and not doubtful else None


def _goes_on(words: Sequence[str]) -> bool:
    return unit(words) or "".join(words[:1]) in GOES_ON
