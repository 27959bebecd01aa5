"""Which numbers stand in digits said one by one: 999, 111, a telephone, an NHS number.

Only what is sure: in "nine nine nine one ambulance came" the one is of the ambulance.
"""

import re
from collections.abc import Callable, Sequence

from speech.digits import FEWEST_DIGITS, digits, grouped, in_pairs
from speech.numerals import TEENS, TENS, Written
from speech.units import unit

Digits = Callable[[Sequence[str]], tuple[str, int]]

# A telephone or an NHS number is known by its length, and so is one of 44 for Britain.
LONG = re.compile(r"0?\d{10}|44\d{10}")
EMERGENCY = re.compile("999|111")
WHOLE = f"(?:{EMERGENCY.pattern}|{LONG.pattern})"
SEVERAL = re.compile(f"({WHOLE}){WHOLE}+")
# These have ten digits or eleven, all others that begin with 0 eleven.
TEN_OR_ELEVEN = re.compile(r"0[58]00\d{7}")
# Said two by two; the shortest is Childline's, 0800 1111. Fewer may be "oh" and two counts.
IN_PAIRS = re.compile(r"0\d{10}|0[58]00\d{6}|0800\d{4}")
# Behind a number and its last digit; "one nurse", "one of them" are no part of it.
BEHIND_A_NUMBER = (
    "a an and at but for i in it on or please she so thank thanks that the then they to we"
)
AFTER_NUMBER = frozenset(BEHIND_A_NUMBER.split())
# "Two nine nine nine calls", and a sigh before it: the emergency number begins at its second word.
# In "nine nine double nine" it may begin at the first.
LATER = re.compile(r"(?!9{4}|1{4})\d(999|111)|0(999|111)\d")
COUNTING = "123456789"  # "four five six nurses" are about five

GOES_ON = {"times", "hundred", "thousand", "million"}  # "seven eight nine times a day"
NUMBERS = TEENS.keys() | TENS.keys()  # "seven eight nine ten"


def dialled(words: Sequence[str], ends: Sequence[int]) -> Written:
    """The number at the beginning of `words`, grouped, and how many words it takes.

    `ends`: how many words there are before each pause that ends a sentence. People say a long
    number in pieces; no other goes over a pause.
    """
    if not digits(words)[1] and not in_pairs(words)[1]:
        return None
    for end in reversed(ends):
        if long := _known(words[:end], digits, LONG):
            return _without_eleventh(words[:end], long[1], ends) or long
        if pairs := _known(words[:end], in_pairs, IN_PAIRS):
            return pairs
    sentence = words[: ends[0]]
    return _known(sentence, digits, EMERGENCY) or _row(sentence)


def _known(words: Sequence[str], heard: Digits, known: re.Pattern[str]) -> Written:
    """A number that is known: it takes all digits, or leaves one word, or whole numbers."""
    said, most = heard(words)
    if several := SEVERAL.fullmatch(said):
        return _first(words, heard, several[1]) if known.fullmatch(several[1]) else None
    for size in range(most, max(0, most - 2), -1):
        said, taken = heard(words[:size])
        if known.fullmatch(said) and not _goes_on(words[taken:]):
            return grouped(said), taken
    return None


def _first(words: Sequence[str], heard: Digits, said: str) -> Written:
    """The words that say just these digits; none where a "double" is of two numbers.

    No digit takes more than one word: to look further would let somebody who says numbers on end
    hold up the line for everybody behind them.
    """
    for size in range(1, min(len(words), len(said)) + 1):
        if heard(words[:size]) == (said, size):
            return grouped(said), size
    return None


def _without_eleventh(words: Sequence[str], taken: int, ends: Sequence[int]) -> Written:
    """0800 and six digits, where the seventh comes after a pause or may be of the next words."""
    after = words[taken:]
    paused = taken - 1 in ends
    if not TEN_OR_ELEVEN.fullmatch(digits(words[:taken])[0]):
        return None
    if not paused and (taken in ends or not after or after[0] in AFTER_NUMBER):
        return None
    said, shorter = digits(words[: taken - 1])
    return (grouped(said), shorter) if LONG.fullmatch(said) else None


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
