"""Plain numbers, from the words of a phrase to how people write them: counts and measures."""

from collections.abc import Sequence
from itertools import takewhile

from speech.numerals import ONES, TEENS, TENS, TIMES, Written, cardinal, number, written
from speech.units import unit

LONGEST_COUNT = 5  # words of "two hundred and twenty five"
ROW = ONES.keys() | TIMES.keys() | {"oh"}
IN_A_CODE = ROW | TEENS.keys() | TENS.keys() | {"hundred", "thousand", "and"}
BETWEEN = {"or", "to", "and"}  # "two or three hours"


def as_said(words: Sequence[str]) -> Written:
    """ "two to three hundred milligrams": from 200, it may be, and 2 would be another dose."""
    value, end = cardinal(words)
    while end:
        second = end + (1 if "".join(words[end : end + 1]) in BETWEEN else 0)
        other, more = cardinal(words[second:])
        hundreds = 1000 if "thousand" in words[second : second + more] else 100
        if 0 < value < other // hundreds:
            return " ".join(words[: second + more]), second + more
        value, end = other, second + more if more else 0
    return None


def behind_oh(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "oh eight hundred seven eighty three": who reads 807 83 cannot tell what was dialled."""
    hundreds = words[0] in ONES and words[1:2] in (["hundred"], ["thousand"])
    row = list(takewhile(IN_A_CODE.__contains__, words))
    more = number(row[2:]) or number(row[3:])
    behind = before[-1:] in (["oh"], ["zero"])
    return (" ".join(row), len(row)) if behind and hundreds and more else None


def count(words: Sequence[str], before: Sequence[str]) -> Written:
    """Figures from 10 up, and for whatever is measured: "nine hours", "half past nine"."""
    value, taken = cardinal(words)
    bare = value < 10 or (value < 60 and _hour_in_words(before))
    if not taken or (bare and not _measured(words, taken, before)):
        return None
    return written(value), taken


def _hour_in_words(before: Sequence[str]) -> bool:
    """ "My nine thirty appointment": nine stays a word, and so thirty. Not behind 999."""
    if "".join(before[-1:]) not in ONES or "".join(before[-2:-1]) in ROW:
        return False
    return all(cardinal(before[-size:])[1] < size for size in range(2, LONGEST_COUNT + 1))


def _measured(words: Sequence[str], taken: int, before: Sequence[str]) -> bool:
    if list(words[:taken]) == ["one"]:
        return False  # "one day my mum fell"
    if before[-2:] in (["half", "past"], ["quarter", "past"], ["quarter", "to"]):
        return True
    while not unit(words[taken:]):
        taken += 1 if "".join(words[taken : taken + 1]) in BETWEEN else 0
        _, more = cardinal(words[taken:])
        if not more:
            return False
        taken += more
    return True
