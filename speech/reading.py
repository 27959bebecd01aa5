"""The reading form of what was heard: lower-case words become a line that a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass

LONE = {
    "[unk]": "[unclear]",
    "i": "I",
    "i'm": "I'm",
    "i'd": "I'd",
    "i'll": "I'll",
    "i've": "I've",
}
GROUPS = {
    ("a", "and", "e"): "A&E",
    ("n", "h", "s"): "NHS",
    ("g", "p"): "GP",
}
EMERGENCY = {
    ("nine", "nine", "nine"): "999",
    ("one", "one", "one"): "111",
}
DIGITS = {"oh", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
DIGITS |= {"double", "treble", "triple"}  # "double seven"
LONGEST = 3  # words in the longest group


@dataclass(frozen=True)
class Shown:
    """One word as read; it stands for the heard words `first` to `last`, both included."""

    text: str
    first: int
    last: int


def shown(text: str) -> str:
    """The line that staff read, from the recogniser's own words; empty from empty."""
    return " ".join(word.text for word in shown_words(text.split()))


def shown_words(words: Sequence[str]) -> list[Shown]:
    """Each word as read, tied to the words that were heard, so that a click finds its sound."""
    line: list[Shown] = []
    at = 0
    while at < len(words):
        line.append(_one(words, at))
        at = line[-1].last + 1
    if line:
        first = line[0]
        line[0] = Shown(first.text[0].upper() + first.text[1:], first.first, first.last)
    return line


def _one(words: Sequence[str], at: int) -> Shown:
    for size in range(LONGEST, 1, -1):
        group = tuple(words[at : at + size])
        if group in GROUPS:
            return Shown(GROUPS[group], at, at + size - 1)
        if group in EMERGENCY and not _among_digits(words, at, at + size - 1):
            return Shown(EMERGENCY[group], at, at + size - 1)
    return Shown(LONE.get(words[at], words[at]), at, at)


def _among_digits(words: Sequence[str], first: int, last: int) -> bool:
    """Whether these three are part of a longer number: a caller's own, not the ambulance's."""
    return any(words[near] in DIGITS for near in (first - 1, last + 1) if 0 <= near < len(words))
