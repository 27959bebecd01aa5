"""Which runs of digits are somebody's: telephone, NHS, account, hospital number."""

import re
from collections.abc import Iterator, Sequence

from triage.redaction.phones import phone
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part
from triage.redaction.shapes import checked, help_line, luhn
from triage.redaction.signs import Sign
from triage.redaction.told import near

YEAR = re.compile(r"(?:19|20)\d\d")
HALF = 5  # digits of a mobile number that breaks off
COUNTED = "1234567891011121314"  # nobody's number: "one two three four five six people"
FEWEST, FEWEST_NEAR = 6, 4  # digits of a number that is somebody's; of one that is called so


def digits(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> Iterator[Part]:
    """Telephone numbers in a run of digits, and what the rest of it is."""
    signs = _trimmed(signs)
    if len(account := _account(signs)) > 0:
        yield account[0].at, account[-1].end, "bank"
        return
    if signs and near(rules, pieces, signs[0].at, "bank"):
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


def _account(signs: Sequence[Sign]) -> Sequence[Sign]:
    """A sort code with its account: "30-98-01 52263099"."""
    lengths = [len(sign.chars) for sign in signs]
    return signs if lengths in ([2, 2, 2, 8], [6, 8]) and not signs[0].spoken else ()


def _trimmed(signs: Sequence[Sign]) -> Sequence[Sign]:
    start, end = 0, len(signs)
    while start < end and signs[start].weak:
        start += 1
    while end > start and signs[end - 1].weak:
        end -= 1
    return signs[start:end]


def _rest(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> Iterator[Part]:
    signs = _trimmed(signs)
    chars = joined(signs)
    if len(chars) < FEWEST_NEAR or help_line(rules, chars) or YEAR.fullmatch(chars):
        return
    kind = _kind(rules, pieces, signs, chars)
    if kind:
        at, end = signs[0].at, signs[-1].end
        while kind == "number" and at and _letter(pieces[at - 1]):
            at -= 1
        last = kind == "number" and end < len(pieces) and pieces[end].close
        yield at, end + (last and _letter(pieces[end]) and pieces[end].plain != "a"), kind


def _letter(piece: Piece) -> bool:
    return len(piece.plain) == 1 and piece.plain.isalpha() and piece.plain != "i"


def _kind(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign], chars: str) -> str | None:
    at, groups = signs[0].at, [len(sign.chars) for sign in signs]
    if near(rules, pieces, at, "bank"):
        return "bank"
    if near(rules, pieces, at, "nhs") and 9 <= len(chars) <= 11:
        return "nhs"
    if len(chars) == 10 and (groups == [3, 3, 4] or checked(chars)):
        return "nhs"
    plus = "+" in pieces[at].gap or (at > 0 and pieces[at - 1].plain == "plus")
    if (chars[0] == "0" and len(chars) >= 9) or (plus and len(chars) >= 8):
        return "phone"
    if chars.startswith("07") and len(chars) >= HALF:
        return "phone"  # the rest comes behind a word that was misheard
    if groups[:3] == [4, 4, 4] or (13 <= len(chars) <= 19 and luhn(chars)):
        return "bank"
    if near(rules, pieces, at, "number"):
        return "number"
    if near(rules, pieces, at, "phone") and len(chars) >= FEWEST:
        return "phone"
    if chars in COUNTED:
        return None
    one_by_one = sum(len(sign.chars) for sign in signs if sign.spoken and sign.end - sign.at <= 2)
    whole = max(groups) >= FEWEST and not chars.endswith("0000")
    return "number" if whole or (one_by_one >= FEWEST and _single(signs) >= 5) else None


def _single(signs: Sequence[Sign]) -> int:
    return sum(sign.spoken and len(set(sign.chars)) == 1 for sign in signs)


def joined(signs: Sequence[Sign]) -> str:
    """The signs as one text."""
    return "".join(sign.chars for sign in signs)
