"""Which runs of digits are somebody's: telephone, NHS, account, hospital number."""

import re
from collections.abc import Iterator, Sequence

from triage.redaction.kinds import FEWEST_NEAR, kind_of
from triage.redaction.phones import phone
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part
from triage.redaction.shapes import help_line
from triage.redaction.signs import Sign, joined, trimmed
from triage.redaction.told import door, near, opens

NHS = 10  # digits
YEAR = re.compile(r"(?:19|20)\d\d")


def digits(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> Iterator[Part]:
    """Telephone numbers in a run of digits, and what the rest of it is."""
    signs = trimmed(signs)
    if len(account := _account(signs)) > 0:
        yield account[0].at, account[-1].end, "bank"
        return
    if signs and (near(rules, pieces, signs[0].at, "bank") or _patient(rules, pieces, signs)):
        yield from _rest(rules, pieces, signs)
        return
    rest, at = 0, 0
    while at < len(signs):
        end = phone(signs, at)
        if end:
            yield from _rest(rules, pieces, signs[rest:at])
            if not help_line(rules, joined(signs[at:end])):
                plus = pieces[signs[at].at - 1].plain == "plus" and signs[at].at > 0
                yield signs[at].at - plus, signs[end - 1].end, "phone"
            at = rest = end
        else:
            at += 1
    yield from _rest(rules, pieces, signs[rest:])


def _patient(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> bool:
    """Whether an NHS number is meant, though "six oh one ..." has a telephone's "01" in it."""
    return near(rules, pieces, signs[0].at, "nhs") and len(joined(signs)) == NHS


def _account(signs: Sequence[Sign]) -> Sequence[Sign]:
    """A sort code with its account: "30-98-01 52263099"."""
    lengths = [len(sign.chars) for sign in signs]
    return signs if lengths in ([2, 2, 2, 8], [6, 8]) and not signs[0].spoken else ()


def _rest(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> Iterator[Part]:
    signs = trimmed(signs)
    chars = joined(signs)
    if len(chars) < FEWEST_NEAR - _pressed(rules, pieces, signs) or help_line(rules, chars):
        return
    if YEAR.fullmatch(chars) and not _opens(rules, pieces, signs):
        return
    kind = kind_of(rules, pieces, signs, chars)
    if kind:
        at, end = signs[0].at, signs[-1].end
        while kind == "number" and at and (back := _letters_before(pieces, at)):
            at -= back
        last = kind == "number" and end < len(pieces) and pieces[end].close
        yield at, end + (last and _key(pieces[end]) and pieces[end].plain != "a"), kind


def _pressed(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> bool:
    """Whether digits said one by one may open a box: "six six nine on the box"."""
    alone = bool(signs) and all(sign.spoken and len(sign.chars) == 1 for sign in signs)
    return alone and _opens(rules, pieces, signs)


def _opens(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> bool:
    """Whether digits open a door, and are no year: "the code is 1976"."""
    at, end = signs[0].at, signs[-1].end
    since = at > 0 and pieces[at - 1].plain in rules.near["since"]
    return not since and (opens(rules, pieces, at, end) or door(rules, pieces, at, end))


def _letters_before(pieces: Sequence[Piece], at: int) -> int:
    """How many words a letter has that stands before a number: "x", "x for xray"."""
    last = [piece.plain for piece in pieces[max(0, at - 3) : at]]
    if len(last) == 3 and last[1] == "for" and len(last[0]) == 1 and last[2][0] == last[0]:
        return 3
    return int(_key(pieces[at - 1]))


def _key(piece: Piece) -> bool:
    """Whether a word is a letter, or a sign that is pressed beside digits."""
    letter = len(piece.plain) == 1 and piece.plain.isalpha() and piece.plain != "i"
    return letter or piece.plain in ("star", "hash")
