"""Times of day, from the words of a phrase to how people write them.

Only what is sure: "a bit after nine" stays as it was said.
"""

from collections.abc import Sequence

from speech.counts import ROW
from speech.numerals import Written, cardinal, number

HALVES = {"am": "am", "a m": "am", "pm": "pm", "p m": "pm", "o'clock": "o'clock"}
PARTS_OF_DAY = {"in the morning", "in the afternoon", "in the evening", "at night"}
MINUTES = {5, 10, 20, 25}  # past an hour, or to it
POLICE = ["one", "oh", "one"]  # "i rang the police at one oh one"
# What may follow a time. Who says "at two oh five park road" tells where they live, and "at nine
# thirty one nurse came" may be of one nurse.
BEHIND_A_TIME = (
    "a after an and at because before but by for he her his i if in it last my nobody on or our "
    "please she sharp so thank thanks that the then there they this to today tomorrow tonight "
    "until we when with yesterday you your"
)
AFTER_TIME = frozenset(BEHIND_A_TIME.split())
AT_A_TIME = {"appointment", "slot"}  # "my ten forty appointment"


def oh_clock(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "at nine oh five": a time, though its words are digits one by one too."""
    after = "".join(words[3:4])
    if words[1:2] != ["oh"] or after in ROW:
        return None
    return clock(words, before if list(words[:3]) != POLICE else [])


def clock(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "nine thirty a m", "at nine thirty", "nine p m"; "oh five" is five past."""
    hour, _ = cardinal(words[:1])
    if not 1 <= hour <= 12:
        return None
    zero = 1 if words[1:2] == ["oh"] else 0
    minutes, more = cardinal(words[1 + zero :])
    after = words[1 + zero + more :]
    half = _half(after) if more else None
    at = before[-1:] == ["at"] and (not after or after[0] in AFTER_TIME)
    sure = half or at or " ".join(after[:3]) in PARTS_OF_DAY
    fits = minutes < 10 if zero else 10 <= minutes < 60
    if more and fits and sure:
        text, long = half or ("", 0)
        return f"{hour}:{minutes:02} {text}".rstrip(), 1 + zero + more + long
    alone = _half(words[1:])
    return (f"{hour} {alone[0]}", 1 + alone[1]) if alone else None


def ten_forty(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "my appointment was ten forty": as said, for in figures it would be two numbers."""
    hour, taken = cardinal(words)
    minutes, more = cardinal(words[taken:])
    after = "".join(words[taken + more :][:1])
    ended = not after or after in AFTER_TIME or after in AT_A_TIME
    time = hour in (10, 11, 12) and 10 <= minutes < 60 and not number(before[-1:])
    return (" ".join(words[: taken + more]), taken + more) if time and ended else None


def past(words: Sequence[str]) -> Written:
    """ "ten to three", "five past nine": a time, or a range, which is written the same way."""
    minutes, taken = cardinal(words)
    hour, more = cardinal(words[taken + 1 :])
    between = "".join(words[taken : taken + 1])
    if minutes in MINUTES and between in ("past", "to") and 1 <= hour <= 12 and more == 1:
        return f"{minutes} {between} {hour}", taken + 2
    return None


def _half(words: Sequence[str]) -> tuple[str, int] | None:
    for size in (1, 2):
        if (said := " ".join(words[:size])) in HALVES:
            return HALVES[said], size
    return None
