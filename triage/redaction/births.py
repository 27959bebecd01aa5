"""Birth dates, however they are said."""

import re
from collections.abc import Iterable, Iterator, Sequence

from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part

FILL = 6  # words between "born" and the date
LONGEST = 12  # words of a date
RECENT = 30  # "the first of may twenty six", or a number of something, is no birth
LINKS = frozenset(["of", "the", "and", "hundred", "thousand", "in", "year"])


def births(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """The date after each "born", "date of birth" or "dob", and before "is my birthday"."""
    for at in range(len(pieces)):
        if said := cued(rules, pieces, at, "born"):
            yield from _after(rules, pieces, at + 1)
            yield from _before(rules, pieces, at + 1 - said)
        if end := _old(rules, pieces, at):
            yield at, end, "birth"


def _old(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where "eighth of march sixty four" ends: nobody tells of a visit so long ago. 0: none."""
    of = at + 1 < len(pieces) and pieces[at + 1].plain == "of"
    said = [piece.plain for piece in pieces[at : at + 6]]
    day, month, *year = [*said[:1], *said[1 + of :], "", ""]
    if day not in rules.births["ordinals"] or month not in rules.births["months"]:
        return 0
    century = year[0] == "nineteen"
    decade, unit, *_ = [*year[century:], "", ""]
    if decade not in TEN or not (century or int(TEN[decade]) > RECENT):
        return 0
    if not century and unit in rules.births["not_age"]:  # "on the eighth of march sixty people"
        return 0
    return at + 3 + of + century + (unit in ONES)


def beside(pieces: Sequence[Piece], names: Iterable[tuple[int, int]]) -> Iterator[Part]:
    """A date in three numbers right behind a name (start, end): "pauline tranter 18 6 55"."""
    for _, at in names:
        said = [piece for piece in pieces[at : at + 3] if piece.plain.isdecimal()]
        if len(said) < 3 or any(piece.gap not in (" ", ", ") for piece in said):
            continue
        day, month = (int(piece.plain) for piece in said[:2])
        if 0 < day <= 31 and 0 < month <= 12 and len(said[2].plain) in (2, 4):
            yield at, at + 3, "birth"


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
