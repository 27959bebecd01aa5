"""Dates, times of day, money and counts, from the words of a phrase to how people write them.

Only what is sure: "a bit after nine" stays as it was said. Each rule gets the words from where it
stands and those before it in the phrase; it gives the written form and how many words that took.
"""

from collections.abc import Sequence
from itertools import takewhile

from speech.dates import MONTHS, date, dated_year
from speech.money import money, price
from speech.numerals import BEGIN, ONES, Written, cardinal, number, ordinal, written
from speech.units import unit

# No rule knows a phrase with another word at its beginning: most words are tried by none.
FIRST = BEGIN | MONTHS.keys() | {"the"}
HALVES = {"am": "am", "a m": "am", "pm": "pm", "p m": "pm", "o'clock": "o'clock"}
PARTS_OF_DAY = {"in the morning", "in the afternoon", "in the evening", "at night"}
MINUTES = {5, 10, 20, 25}  # past an hour, or to it
BETWEEN = {"or", "to", "and"}  # "two or three hours"


def figure(words: Sequence[str], before: Sequence[str]) -> Written:
    """The first rule that knows the words, the longer forms before the shorter ones."""
    return (
        date(words, before)
        or _clock(words, before)
        or dated_year(words, before)
        or _decimal(words, before)
        or _pressure(words)
        or price(words, before)
        or money(words, before)
        or _twenty_first(words, before)
        or _halved(words)
        or _past(words)
        or _count(words, before)
    )


def oh_clock(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "at nine oh five": a time, though its words are digits one by one too."""
    more = words[3:4] == ["oh"] or "".join(words[3:4]) in ONES
    return _clock(words, before) if words[1:2] == ["oh"] and not more else None


def _clock(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "nine thirty a m", "at nine thirty", "nine p m"; "oh five" is five past."""
    hour, _ = cardinal(words[:1])
    if not 1 <= hour <= 12:
        return None
    zero = 1 if words[1:2] == ["oh"] else 0
    minutes, more = cardinal(words[1 + zero :])
    half = _half(words[1 + zero + more :]) if more else None
    sure = half or before[-1:] == ["at"] or " ".join(words[1 + zero + more :][:3]) in PARTS_OF_DAY
    fits = minutes < 10 if zero else 10 <= minutes < 60
    if more and fits and sure and not (half is None and unit(words[1 + zero + more :])):
        text, long = half or ("", 0)
        return f"{hour}:{minutes:02} {text}".rstrip(), 1 + zero + more + long
    alone = _half(words[1:])
    return (f"{hour} {alone[0]}", 1 + alone[1]) if alone else None


def _half(words: Sequence[str]) -> tuple[str, int] | None:
    for size in (1, 2):
        if (said := " ".join(words[:size])) in HALVES:
            return HALVES[said], size
    return None


def _decimal(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "two point five milligrams": 2.5; not "at one point two nurses came"."""
    value, taken = cardinal(words)
    if not taken or words[taken : taken + 1] != ["point"]:
        return None
    places = list(takewhile(ONES.__contains__, words[taken + 1 :]))
    end = taken + 1 + len(places)
    known = unit(words[end:]) or (len(places) == 1 and list(words[:taken]) != ["one"])
    said = "".join(str(ONES[place]) for place in places)
    sure = said and known and before[-1:] != ["at"]
    return (f"{written(value)}.{said}", end) if sure else None


def _pressure(words: Sequence[str]) -> Written:
    """ "one twenty over eighty": the 120 of a blood pressure."""
    low, taken = cardinal(words[1:])
    over = words[1 + taken : 2 + taken] == ["over"] and number(words[2 + taken :])
    if words[0] in ("one", "two") and 10 <= low < 100 and over:
        return str(100 * ONES[words[0]] + low), 1 + taken
    return None


def _twenty_first(words: Sequence[str], before: Sequence[str]) -> Written:
    """A twenty second wait is one of seconds."""
    value, taken = ordinal(words)
    seconds = words[1:2] == ["second"] and before[-1:] in (["a"], ["every"])
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return (f"{value}{ending}", taken) if taken == 2 and not seconds else None


def _halved(words: Sequence[str]) -> Written:
    """ "three and a half hours": 3½."""
    value, taken = cardinal(words)
    half = words[taken : taken + 3] == ["and", "a", "half"]
    if taken and half and unit(words[taken + 3 :]):
        return f"{written(value)}½", taken + 3
    return None


def _past(words: Sequence[str]) -> Written:
    """ "ten to three", "five past nine": a time, or a range, which is written the same way."""
    minutes, taken = cardinal(words)
    hour, more = cardinal(words[taken + 1 :])
    between = "".join(words[taken : taken + 1])
    if minutes in MINUTES and between in ("past", "to") and 1 <= hour <= 12 and more == 1:
        return f"{minutes} {between} {hour}", taken + 2
    return None


def _count(words: Sequence[str], before: Sequence[str]) -> Written:
    """Figures from 10 up, and for whatever is measured: "nine hours", "half past nine"."""
    value, taken = cardinal(words)
    if not taken or (value < 10 and not _measured(words, taken, before)):
        return None
    return written(value), taken


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
