"""Ages of 90 or more: so few are as old that an age shows who it is (care.md 6)."""

from collections.abc import Iterator, Sequence

from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part

OLDEST = 120


def ages(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """ "She is 93", "aged ninety one", "a 101 year old": only the number goes."""
    for at in range(len(pieces)):
        end = _ninety(pieces, at)
        if end and _aged(rules, pieces, at, end):
            yield at - (pieces[at].plain == "hundred" and pieces[at - 1].plain == "a"), end, "age"


def _ninety(pieces: Sequence[Piece], at: int) -> int:
    """Where a number from 90 to 120 ends that begins here; 0 when none does."""
    word = pieces[at].plain
    if word.isdecimal():
        return at + 1 if len(word) < 4 and 90 <= int(word) <= OLDEST else 0
    more = pieces[at + 1].plain if at + 1 < len(pieces) and pieces[at + 1].close else ""
    if word == "ninety":
        return at + 1 + (more in ONES and ONES[more] != "0")
    if word in ("hundred",) or (word == "one" and more == "hundred"):
        return _hundred(pieces, at + 1 + (word == "one"))
    return 0


def _hundred(pieces: Sequence[Piece], at: int) -> int:
    said = [piece.plain for piece in pieces[at : at + 2]]
    if len(said) == 2 and said[0] == "and" and (said[1] in ONES or said[1] in TEEN):
        return at + 2
    return 0 if len(said) == 2 and said[0] == "and" and said[1] in TEN else at


def _aged(rules: Rules, pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether a number is an age: years follow, or "is", "aged" stands before and no unit after."""
    after = pieces[end].plain if end < len(pieces) else ""
    if [piece.plain for piece in pieces[end : end + 2]] == [
        "or",
        "over",
    ]:  # it was taken out before
        return False
    follows = pieces[end].gap if end < len(pieces) else ""
    if "%" in follows or "/" in follows or (follows == "." and after.isdecimal()):
        return False
    old = pieces[end + 1].plain if end + 1 < len(pieces) else ""
    if after == "yo" or (after in rules.births["years"] and old in ("old", "of")):
        return True
    if pieces[at].gap in (", ", " (", ",") and (not after or follows[:1] in (",", ")")):
        return at > 0 and pieces[at - 1].plain.isalpha()
    owner = pieces[at - 1] if at else pieces[at]
    if owner.plain != owner.stem and owner.stem in rules.near["kin"]:  # "my mother's ninety"
        return after not in rules.births["not_age"]
    before = pieces[at - 1].plain if at and "\n" not in pieces[at].gap else ""
    if before == "a" and at > 1:
        before = pieces[at - 2].plain
    named = pieces[at - 1].stem in rules.names.sure and pieces[at].close if at else False
    return (named or before in rules.births["aged"]) and after not in rules.births["not_age"]
