"""Dates, times of day, money and counts, from the words of a phrase to how people write them.

Only what is sure: "a bit after nine" stays as it was said. Each rule gets the words from where it
stands and those before it in the phrase; it gives the written form and how many words that took.
"""

from collections.abc import Sequence
from itertools import takewhile

from speech.clock import clock, past, ten_forty
from speech.counts import as_said, behind_oh, count
from speech.dates import MONTHS, date, dated_year, decade
from speech.day_clock import day_clock
from speech.hundreds import of_several
from speech.money import money, price
from speech.numerals import BEGIN, ONES, Written, cardinal, number, written
from speech.ordinals import twenty_first
from speech.units import unit

# No rule knows a phrase with another word at its beginning: most words are tried by none.
FIRST = BEGIN | MONTHS.keys() | {"the"}


def figure(words: Sequence[str], before: Sequence[str]) -> Written:
    """The first rule that knows the words, the longer forms before the shorter ones."""
    return (
        behind_oh(words, before)
        or of_several(words, before)
        or as_said(words)
        or date(words, before)
        or day_clock(words, before)
        or clock(words, before)
        or ten_forty(words, before)
        or decade(words)
        or dated_year(words, before)
        or _decimal(words, before)
        or _pressure(words)
        or price(words, before)
        or money(words, before)
        or twenty_first(words, before)
        or _halved(words)
        or past(words)
        or count(words, before)
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
