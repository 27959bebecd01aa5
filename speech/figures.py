"""Dates, times of day, money and counts, from the words of a phrase to how people write them.

Only what is sure: "a bit after nine" stays as it was said. Each rule gets the words from where it
stands and those before it in the phrase; it gives the written form and how many words that took.
"""

from collections.abc import Sequence
from itertools import takewhile

from speech.clock import clock, past
from speech.dates import MONTHS, date, dated_year
from speech.money import money, price
from speech.numerals import BEGIN, ONES, TIMES, Written, cardinal, number, written
from speech.ordinals import twenty_first
from speech.units import unit

# No rule knows a phrase with another word at its beginning: most words are tried by none.
FIRST = BEGIN | MONTHS.keys() | {"the"}
LONGEST_COUNT = 5  # words of "two hundred and twenty five"
ROW = ONES.keys() | TIMES.keys() | {"oh"}
BETWEEN = {"or", "to", "and"}  # "two or three hours"


def figure(words: Sequence[str], before: Sequence[str]) -> Written:
    """The first rule that knows the words, the longer forms before the shorter ones."""
    return (
        date(words, before)
        or clock(words, before)
        or dated_year(words, before)
        or _decimal(words, before)
        or _pressure(words)
        or price(words, before)
        or money(words, before)
        or twenty_first(words, before)
        or _halved(words)
        or past(words)
        or _count(words, before)
    )


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


def _halved(words: Sequence[str]) -> Written:
    """ "three and a half hours": 3½."""
    value, taken = cardinal(words)
    half = words[taken : taken + 3] == ["and", "a", "half"]
    if taken and half and unit(words[taken + 3 :]):
        return f"{written(value)}½", taken + 3
    return None


def _count(words: Sequence[str], before: Sequence[str]) -> Written:
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
