"""Birth dates, however they are said."""

import re
from collections.abc import Iterator, Sequence

from triage.redaction.dates import long_ago
from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part

FILL = 6  # words between "born" and the date
LONGEST = 12  # words of a date
LINKS = frozenset(["of", "the", "and", "hundred", "thousand", "in", "year"])


def births(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """The date after each "born", "date of birth" or "dob", and before "is my birthday"."""
    for at in range(len(pieces)):
        if said := cued(rules, pieces, at, "born"):
            yield from _after(rules, pieces, at + 1)
            yield from _before(rules, pieces, at + 1 - said)
        if end := long_ago(rules, pieces, at):
            yield at, end, "birth"


def cued(rules: Rules, pieces: Sequence[Piece], at: int, kind: str) -> int:
    """How many words a cue has that ends with this word; 0 when none does."""
    for words in rules.cues[kind].get(pieces[at].plain, ()):
        start = at + 1 - len(words)
        if start >= 0 and [piece.plain for piece in pieces[start : at + 1]] == words:
            return len(words)
    return 0


def _after(rules: Rules, pieces: Sequence[Piece], at: int) -> Iterator[Part]:
    start, most = at, min(at + FILL, len(pieces))
    while start < most and _fills(rules, pieces, start):
        start += 1
    end = start
    while end < len(pieces) and end - start < LONGEST and _of_date(rules, pieces[end].plain):
        if end > start and re.search(r"[!?\n]|\. ", pieces[end].gap):
            break
        end += 1
    while end > start and pieces[end - 1].plain in LINKS - {"hundred", "thousand"}:
        end -= 1
    numbers = sum(_number(rules, piece.plain) for piece in pieces[start:end])
    counts = end < len(pieces) and pieces[end].plain in rules.births["not_age"]
    if numbers > 1 or (numbers and not counts):  # not "asked my date of birth five times"
        yield start, end, "birth"


def _fills(rules: Rules, pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word says nothing of the date: "is", "er", or an "oh" that is no nought."""
    said = pieces[at].plain
    after = pieces[at + 1].plain if at + 1 < len(pieces) else ""
    sigh = said == "oh" and (after in rules.births["fill"] or after in ("oh", "er"))
    return sigh or said in rules.births["fill"] or said in rules.numbers["skipped"].split()


def _before(rules: Rules, pieces: Sequence[Piece], at: int) -> Iterator[Part]:
    """ "the fifth of november sixty two is my date of birth": a day, a month or two and a year."""
    end = at
    while end > 0 and at - end < FILL and pieces[end - 1].plain in rules.births["fill"]:
        end -= 1
    start = end
    while start > 0 and end - start < LONGEST and _of_date(rules, pieces[start - 1].plain):
        start -= 1
    while start < end and pieces[start].plain in LINKS:
        start += 1
    numbers = sum(_number(rules, piece.plain) for piece in pieces[start:end])
    month = any(piece.plain in rules.births["months"] for piece in pieces[start:end])
    if numbers > 1 and (month or numbers > 2):
        yield start, end, "birth"


def _of_date(rules: Rules, word: str) -> bool:
    return _number(rules, word) or word in rules.births["months"] or word in LINKS


def _number(rules: Rules, word: str) -> bool:
    said = word in ONES or word in TEEN or word in TEN or word in rules.births["ordinals"]
    return said or re.fullmatch(r"\d{1,8}(?:st|nd|rd|th)?", word) is not None
