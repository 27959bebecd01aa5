"""The reading form of what was heard: lower-case words become lines that a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from speech.clock import oh_clock
from speech.dialled import dialled
from speech.figures import FIRST, figure
from speech.hundreds import rest

# Seconds. Between sentences of read speech lie 0.5 to 1 s; within one, mostly under 0.3 s.
SENTENCE = 0.6
LINE = 1.5
# Who is short of breath pauses after every word: only what is long for them divides.
LONG_FOR_THEM = 2.0

LONE = {"[unk]": "[unclear]", "nhs": "NHS", "cqc": "CQC", "gp": "GP", "gps": "GPs", "gp's": "GP's"}
LONE |= {word: word.capitalize() for word in ("i", "i'm", "i'd", "i'll", "i've")}
# March, May and August are words of other meaning too; they are capitals in dates alone.
CAPITALS = (
    "monday tuesday wednesday thursday friday saturday sunday january february april june july "
    "september october november december christmas easter english"
)
LONE |= {name: name.capitalize() for name in CAPITALS.split()}
GROUPS = {
    ("a", "and", "e"): "A&E",
    ("n", "h", "s"): "NHS",
    ("c", "q", "c"): "CQC",
    ("g", "p", "s"): "GPs",
    ("g", "p"): "GP",
    ("i", "c", "u"): "ICU",
    ("m", "r", "i"): "MRI",
    ("e", "c", "g"): "ECG",
    ("twenty", "four", "seven"): "24/7",
    ("one", "to", "one"): "one to one",
}
NAMED_BY_LETTERS = (["vitamin"], ["vitamins"], ["hepatitis"])  # "vitamin a and e"
LONGEST = 3  # words in the longest group
# Words ahead and behind that a rule looks at: more than the longest number, said twice, takes. Who
# says numbers on end would hold up everybody behind them.
FAR = 40
LEADS = FIRST | {group[0] for group in GROUPS}


@dataclass(frozen=True)
class Shown:
    """One word as read; it stands for the heard words `first` to `last`, both included.

    `after` is what stands before the next: a space, a full stop and a space, or a new line.
    """

    text: str
    first: int
    last: int
    after: str = ""


def shown(words: Sequence[Shown]) -> str:
    """The lines that staff read; empty from none."""
    return "".join(word.text + word.after for word in words)


def read(words: Sequence[str], pauses: Sequence[float] = ()) -> list[Shown]:
    """Each word as read, tied to the words that were heard, so that a click finds its sound.

    `pauses`: the seconds after each word but the last; none given means none made. There is no
    full stop where only the recording ends: nobody knows whether the sentence did.
    """
    marks = _marks(pauses or [0.0] * (len(words) - 1))
    read: list[Shown] = []
    began = at = 0
    while at < len(words):
        text, taken = _one(words, began, at, marks)
        last = at + taken - 1
        after = marks[last] if last + 1 < len(words) else ""
        read.append(Shown(_begun(text) if at == began else text, at, last, after))
        at += taken
        began = began if after in ("", " ") else at
    return read


def _marks(pauses: Sequence[float]) -> list[str]:
    usual = LONG_FOR_THEM * median(pauses) if pauses else 0.0
    sentence = max(SENTENCE, usual)
    line = sentence * LINE / SENTENCE
    return ["\n" if pause > line else ". " if pause > sentence else " " for pause in pauses]


def _one(words: Sequence[str], began: int, at: int, marks: Sequence[str]) -> tuple[str, int]:
    """The written form of what stands at `at`, and how many words it takes.

    Nothing reaches over a pause but a long number, as people say a telephone's in pieces, and what
    was left of a hundred.
    """
    if words[at] not in LEADS:
        return LONE.get(words[at], words[at]), 1
    ends = _ends(marks, at)
    phrase = list(words[at : at + ends[0]])
    for size in range(min(LONGEST, len(phrase)), 1, -1):
        group = tuple(phrase[:size])
        letters = words[at - 1 : at] in NAMED_BY_LETTERS
        # "One to one thirty" ends in a time: a rule is surest of one behind "at".
        if group in GROUPS and not letters and not figure(phrase[size - 1 :], ["at"]):
            return GROUPS[group], size
    before = list(words[max(began, at - FAR) : at])
    number = oh_clock(phrase, before) or dialled(words[at : at + ends[-1]], ends)
    number = number or rest(phrase, words[max(0, at - 2) : at])
    return number or figure(phrase, before) or (LONE.get(words[at], words[at]), 1)


def _ends(marks: Sequence[str], at: int) -> list[int]:
    """How many words there are from `at` to the end of each sentence that is left of its line.

    None is further than FAR.
    """
    ends = []
    for size, mark in enumerate(marks[at : at + FAR], 1):
        if mark != " ":
            ends.append(size)
        if mark == "\n":
            return ends
    return [*ends, min(len(marks) + 1 - at, FAR)]


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]
