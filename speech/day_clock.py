"""Times of the 24-hour clock, as wards and stations say them: "at nineteen thirty".

Behind "at" alone: elsewhere that is a year, and "sixteen forty five" two counts.
"""

from collections.abc import Sequence

from speech.clock import AFTER_TIME
from speech.numerals import ONES, TEENS, Written, cardinal

NOUGHT = ("oh", "zero")
AFTER_NOON = range(13, 24)


def day_clock(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "at nineteen thirty": 19:30; "at oh eight hundred hours": 0800 hours, as it is written."""
    hour, size = _hour(words)
    minutes, more = _minutes(words[size:], early=words[0] in NOUGHT)
    after = "".join(words[size + more : size + more + 1])
    ended = after in AFTER_TIME or after in ("", "hours")
    if before[-1:] != ["at"] or not size or not more or not ended:
        return None
    return f"{hour:02}{'' if after == 'hours' else ':'}{minutes:02}", size + more


def _hour(words: Sequence[str]) -> tuple[int, int]:
    """Which it is, of how many words: "oh eight", "nineteen", "twenty two"."""
    second = "".join(words[1:2])
    if words[0] in NOUGHT and second in ONES:
        return ONES[second], 2
    hour, taken = cardinal(words[: 1 if words[0] in TEENS else 2])
    return (hour, taken) if hour in AFTER_NOON else (0, 0)


def _minutes(words: Sequence[str], early: bool) -> tuple[int, int]:
    """ "thirty", "oh five"; where the hour is `early`, "hundred" is none."""
    if words[:1] == ["oh"] and "".join(words[1:2]) in ONES:
        return ONES[words[1]], 2
    if early and words[:1] == ["hundred"]:
        return 0, 1
    minutes, taken = cardinal(words)
    return (minutes, taken) if 10 <= minutes < 60 else (0, 0)
