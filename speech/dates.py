"""Dates and years, from the words of a phrase to how people write them.

Only what is sure: "may" and "march" are verbs too, and "twenty thirty" may be a guess of a count.
"""

from collections.abc import Sequence

from speech.clock import AFTER_TIME
from speech.numerals import CENTURIES, ORDINALS, TENS, Written, numbered, ordinal, year
from speech.units import unit

MONTHS = numbered(
    1,
    "january february march april may june july august september october november december",
)
VERBS = {"may", "march"}  # "the doctor may first check", "they march first"
NAMES = {"april", "june", "august"}  # "i saw april first of all"
NO_DATE = (["in"], ["last"], ["this"], ["next"])  # "last june the second, and the third, failed"
LAST_DAY = 31
DECADES = {f"{name[:-1]}ies": tens for name, tens in TENS.items()}
# Years that sound as "twenty, thirty people" does: somebody counts, and is not certain.
COUNTS_TOO = {1920, 2025, *range(2030, 2100, 10)}
COUNTED = {"people", "patients", "others", "of"}  # "twenty eleven people", "twenty eleven of us"
ON = (["on"], ["since"], ["until"], ["by"])
BEFORE_A_YEAR = MONTHS.keys() | {"in", "since", "of", "by", "from", "until"}


def date(words: Sequence[str], before: Sequence[str]) -> Written:
    """A day and its month, said in either order."""
    return _day_first(words) or _month_first(words, before)


def _day_first(words: Sequence[str]) -> Written:
    """ "the ninth of july", "ninth july": 9 July; not "the first may have been wrong"."""
    the = 1 if words[:1] == ["the"] else 0
    day, taken = ordinal(words[the:])
    of = 1 if words[the + taken :][:1] == ["of"] else 0
    month = "".join(words[the + taken + of :][:1])
    sure = month in MONTHS and (of or month not in VERBS)
    if 1 <= day <= LAST_DAY and sure:
        return f"{day} {month.capitalize()}", the + taken + of + 1
    return None


def _month_first(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "july the ninth": 9 July; not "may first check", "since july the second nurse"."""
    month = "".join(words[:1])
    the = 1 if words[1:2] == ["the"] else 0
    day, taken = ordinal(words[1 + the :])
    after = words[1 + the + taken :]
    sure = _day_of(before, after) if the else _bare_day_of(month, before, after)
    if month in MONTHS and 1 <= day <= LAST_DAY and sure:
        return f"{day} {month.capitalize()}", 1 + the + taken
    return None


def _day_of(before: Sequence[str], after: Sequence[str]) -> bool:
    return before[-1:] == ["on"] or (before[-1:] not in NO_DATE and _ended(after))


def _bare_day_of(month: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Without "the" it may be somebody's name: "I saw april first and she"."""
    named = month in NAMES and after and not _its_year(after) and before[-1:] not in ON
    return month not in VERBS and not named and _day_of(before, after)


def _ended(after: Sequence[str]) -> bool:
    """Nothing follows that a first, or a third, may be of: "june the first time", "appointment"."""
    return not after or after[0] in AFTER_TIME or _its_year(after)


def _its_year(after: Sequence[str]) -> bool:
    return year(after)[1] > 0 or list(after[:2]) == ["two", "thousand"]


def decade(words: Sequence[str]) -> Written:
    """ "nineteen eighties": 1980s."""
    century, years = CENTURIES.get(words[0]), DECADES.get("".join(words[1:2]))
    return (f"{century + years}s", 2) if century and years else None


def dated_year(words: Sequence[str], before: Sequence[str]) -> Written:
    """Not in "we waited twenty thirty minutes", "there were twenty thirty people"."""
    value, taken = year(words)
    after = words[taken:]
    alone = not after or after[0] == "was"
    counted = value in COUNTS_TOO or "".join(after[:1]) in COUNTED
    sure = alone or not counted or _dated(before)
    return (str(value), taken) if taken and sure and not unit(after) else None


def _dated(before: Sequence[str]) -> bool:
    """ "since", "july", "july the twenty third"; not in "the first twenty thirty people"."""
    last = "".join(before[-1:])
    day = last in ORDINALS and not MONTHS.keys().isdisjoint(before[-4:])
    return day or last in BEFORE_A_YEAR
