"""Dates that are births though nobody says so: long ago, or right behind a name."""

from collections.abc import Iterable, Iterator, Sequence

from triage.redaction.numerals import ONES, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part

RECENT = 30  # "the first of may twenty six", or a number of something, is no birth
LATE = 24  # a visit that somebody tells of was in that year or later
BESIDE = (" ", ", ", "/", ".", "-")  # what stands between a name and a date, and in one


def long_ago(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
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
        if len(said) < 3 or any(piece.gap not in BESIDE for piece in said):
            continue
        day, month, year = (int(piece.plain) for piece in said)
        late = said[1].gap in "/.-" and LATE <= year % 100 < RECENT  # "Dr Hall 14/03/2026"
        if 0 < day <= 31 and 0 < month <= 12 and len(said[2].plain) in (2, 4) and not late:
            yield at, at + 3, "birth"
