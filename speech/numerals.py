"""Numbers said as words: which number it is, and how many words it took. All functions are pure.

Each reads from the beginning of `words` and gives 0 words taken where no such number begins.
"""

from collections.abc import Callable, Sequence

Written = tuple[str, int] | None  # as people write it, and the words that took
Number = Callable[[Sequence[str]], tuple[int, int]]


def numbered(first: int, names: str) -> dict[str, int]:
    """The names, each with its number, counted from `first`."""
    return {name: first + n for n, name in enumerate(names.split())}


ONES = numbered(0, "zero one two three four five six seven eight nine")
TEENS = numbered(
    10,
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
)
TENS = {
    name: 10 * tens
    for name, tens in numbered(2, "twenty thirty forty fifty sixty seventy eighty ninety").items()
}
ORDINALS = numbered(
    1,
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
) | {"thirtieth": 30}
CENTURIES = {"nineteen": 1900, "twenty": 2000}
TIMES = {"double": 2, "treble": 3, "triple": 3}
BARE = {"hundred", "thousand"}  # "hundred and fifty pounds", as in the Midlands
BEGIN = {*ONES, *TEENS, *TENS, *ORDINALS, *TIMES, *BARE, "a", "oh"}  # digits one by one too

COMMA_FROM = 10_000  # "2026" may be a year


def cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Up to 999,999: "a hundred and four people" is 104, of 4 words, "hundred and four" of 3."""
    value, taken = _below_thousand(words)
    if _at(words, taken) != "thousand":
        return value, taken
    rest, more = _and_more(words, taken + 1, _below_thousand)
    return 1000 * (value if taken else 1) + rest, taken + 1 + more


def number(words: Sequence[str]) -> bool:
    """Whether they begin with one."""
    return cardinal(words)[1] > 0


def ordinal(words: Sequence[str]) -> tuple[int, int]:
    """Up to 39: "ninth" is 9, of 1 word, "twenty first" 21, of 2."""
    if (first := _at(words, 0)) in ORDINALS:
        return ORDINALS[first], 1
    unit = ORDINALS.get(_at(words, 1), 0)
    return (TENS[first] + unit, 2) if first in TENS and 0 < unit < 10 else (0, 0)


def year(words: Sequence[str]) -> tuple[int, int]:
    """Said in two halves: "nineteen eighty four", "twenty oh six", "twenty twenty six"."""
    century = CENTURIES.get(_at(words, 0), 0)
    if century and _at(words, 1) == "oh" and _at(words, 2) in ONES:
        return century + ONES[words[2]], 3
    half, taken = _below_hundred(words[1:])
    return (century + half, 1 + taken) if century and half >= 10 else (0, 0)


def written(value: int) -> str:
    """A number in figures."""
    return f"{value:,}" if value >= COMMA_FROM else str(value)


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    a = _at(words, 0) == "a" and _at(words, 1) in BARE
    value, taken = (1, 1) if a else _below_hundred(words)
    if (taken and not value) or _at(words, taken) != "hundred":
        return value, taken
    rest, more = _and_more(words, taken + 1, _below_hundred)
    return 100 * (value or 1) + rest, taken + 1 + more


def _and_more(words: Sequence[str], at: int, below: Number) -> tuple[int, int]:
    """What stands after "hundred" or "thousand", with or without "and", of the numbers `below`.

    In "a hundred and two hundred people" and "two thousand three thousand" stand two numbers.
    """
    said = 1 if _at(words, at) == "and" else 0
    rest, taken = below(words[at + said :])
    another = _at(words, at + said + taken) == words[at - 1]
    return (rest, taken + said) if taken and not another else (0, 0)


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    first, second = _at(words, 0), _at(words, 1)
    if first in TENS:
        emergency = second in ("nine", "one") and list(words[1:4]) == [second] * 3
        unit = 0 if emergency else ONES.get(second, 0)  # "twenty nine nine nine calls"
        return (TENS[first] + unit, 2) if unit else (TENS[first], 1)
    value = TEENS.get(first, ONES.get(first))
    return (0, 0) if value is None else (value, 1)


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
