"""Dates, times of day, money and counts, from the words of a phrase to how people write them.

Only what is sure: "a bit after nine" stays as it was said. Each rule gets the words from where it
stands and those before it in the phrase; it gives the written form and how many words that took.
"""

from collections.abc import Sequence

from speech.numerals import BEGIN, ORDINALS, cardinal, numbered, ordinal, written, year

Written = tuple[str, int] | None

MONTHS = numbered(
    1,
    "january february march april may june july august september october november december",
)
VERBS = {"may", "march"}  # "the doctor may first check", "they march first"
LAST_DAY = 31
# Years that sound as "twenty, thirty people" does: somebody counts, and is not certain.
BETWEEN_TWO = {1920, 2025, *range(2030, 2100, 10)}
BEFORE_A_YEAR = MONTHS.keys() | {"in", "since", "of", "by", "from", "until"}
MEASURED_IN = (
    "second seconds minute minutes hour hours day days week weeks fortnights month months year "
    "years mile miles percent pence o'clock am pm milligrams stone ounces degrees"
)
# No rule knows a phrase with another word at its beginning: most words are tried by none.
FIRST = BEGIN | MONTHS.keys() | {"the"}
UNITS = frozenset(MEASURED_IN.split())
HALVES = {"am": "am", "a m": "am", "pm": "pm", "p m": "pm"}
PARTS_OF_DAY = {"in the morning", "in the afternoon", "in the evening", "at night"}
MINUTES = {5, 10, 20, 25}  # past an hour, or to it
BETWEEN = {"or", "to", "and"}  # "two or three hours"
# "She lost twenty pounds": weight, not money.
WEIGHING = {"weigh", "weighs", "weighed", "weight", "stone", "ounces", "lost", "gained"}


def figure(words: Sequence[str], before: Sequence[str]) -> Written:
    """The first rule that knows the words, the longer forms before the shorter ones."""
    return (
        _date(words, before)
        or _clock(words, before)
        or _year(words, before)
        or _money(words, before)
        or _twenty_first(words)
        or _halved(words)
        or _past(words)
        or _count(words, before)
    )


def unit(words: Sequence[str]) -> bool:
    """Whether the number before `words` is a measure of them: hours, milligrams."""
    return bool(words) and (words[0] in UNITS or list(words[:2]) in (["per", "cent"], ["a", "m"]))


def _date(words: Sequence[str], before: Sequence[str]) -> Written:
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
    """ "july the ninth": 9 July; not "may first check", "in july the second nurse"."""
    month = "".join(words[:1])
    the = 1 if words[1:2] == ["the"] else 0
    day, taken = ordinal(words[1 + the :])
    sure = month in MONTHS and before[-1:] != ["in"] and (the or month not in VERBS)
    if 1 <= day <= LAST_DAY and sure:
        return f"{day} {month.capitalize()}", 1 + the + taken
    return None


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


def _year(words: Sequence[str], before: Sequence[str]) -> Written:
    """Not in "we waited twenty thirty minutes", "there were twenty thirty people"."""
    value, taken = year(words)
    after = words[taken:]
    sure = value not in BETWEEN_TWO or _dated(before) or not after or after[0] == "was"
    return (str(value), taken) if taken and sure and not unit(after) else None


def _dated(before: Sequence[str]) -> bool:
    """ "since", "july", "july the twenty third"; not in "the first twenty thirty people"."""
    last = "".join(before[-1:])
    day = last in ORDINALS and not MONTHS.keys().isdisjoint(before[-4:])
    return day or last in BEFORE_A_YEAR


def _money(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "twenty pounds": £20; "ninety per cent": 90%."""
    value, taken = cardinal(words)
    after = list(words[taken : taken + 2])
    if taken and after[:1] == ["percent"]:
        return f"{written(value)}%", taken + 1
    if taken and after == ["per", "cent"]:
        return f"{written(value)}%", taken + 2
    if taken and after[:1] == ["pounds"] and WEIGHING.isdisjoint([*before, *words]):
        return f"£{written(value)}", taken + 1
    return None


def _twenty_first(words: Sequence[str]) -> Written:
    value, taken = ordinal(words)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return (f"{value}{ending}", taken) if taken == 2 else None


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
