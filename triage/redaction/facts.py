"""What the lists say of each word, as numbers: a net reads them beside the word's point."""

from collections.abc import Iterator, Sequence

import numpy as np

from triage.meaning.kept import Numbers
from triage.redaction.levels import Level
from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

KINDS = ("kin", "titles", "roles", "after")
NUMBERS = frozenset([*ONES, *TEEN, *TEN]) - {"o"}
PARTING = (",", "(", "-")


def facts(rules: Rules, pieces: Sequence[Piece], levels: Sequence[Level]) -> Numbers:
    """A row for each word."""
    rows = [list(_of(rules, *both)) for both in zip(pieces, levels, strict=True)]
    return np.array(rows, np.float32)


def _of(rules: Rules, piece: Piece, level: Level) -> Iterator[bool]:
    yield from (level is each for each in Level)
    names, word = rules.names, piece.stem
    yield from (word in names.given, word in names.surnames, word in names.words)
    yield from (piece.capital, piece.first, piece.close, word != piece.plain)
    yield from (word in rules.near[kind] for kind in KINDS)
    yield from (len(piece.plain) == 1, piece.plain.isdecimal() or piece.plain in NUMBERS)
    yield piece.gap.strip()[:1] in PARTING


def beside(rows: Numbers, places: Sequence[int]) -> Numbers:
    """The rows of each word's neighbours in one: -1 is the word before; nothing beyond the ends."""
    reach = max(map(abs, places))
    wide = np.pad(rows, ((reach, reach), (0, 0)))
    return np.concatenate([wide[reach + n : reach + n + len(rows)] for n in places], 1)
