"""Ages of 90 or more: so few are as old that an age shows who it is (care.md 6)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part

OLDEST = 120
ONE = frozenset(["he", "she", "i"])  # of whom "were" is said where "was" is meant
PEOPLE = frozenset(["you", "she", "he", "i", "im", "hes", "shes", "youre"])
YEARS = re.compile(r"^(\d{2,3})(?:yrs?|yo|y)$")


def ages(
    rules: Rules, pieces: Sequence[Piece], named: Iterable[tuple[int, int]] = ()
) -> Iterator[Part]:
    """ "She is 93", "aged ninety one", "a 101 year old": only the number goes.

    `named`: where names stand (start, end); one right behind them is an age: "ivy 91".
    """
    behind = {end for _, end in named}
    for at in range(len(pieces)):
        end = _ninety(pieces, at)
        if end and (_aged(rules, pieces, at, end) or (at in behind and _bare(rules, pieces, end))):
            yield at - (pieces[at].plain == "hundred" and pieces[at - 1].plain == "a"), end, "age"


def _ninety(pieces: Sequence[Piece], at: int) -> int:
    """Where a number from 90 to 120 ends that begins here; 0 when none does."""
    word = YEARS.sub(r"\1", pieces[at].plain)  # "97yrs"
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
    after, old = (pieces[n].plain if n < len(pieces) else "" for n in (end, end + 1))
    if (after, old) == ("or", "over"):  # it was taken out before
        return False
    follows = pieces[end].gap if end < len(pieces) else ""
    if "%" in follows or "/" in follows or (follows == "." and after.isdecimal()):
        return False
    if YEARS.match(pieces[at].plain):
        return True
    if after == "yo" or (after in rules.births["years"] and old in ("old", "of", "young")):
        return True
    if at and pieces[at].gap in (", ", " (", ","):
        if not after or follows[:1] in (",", ")"):
            return pieces[at - 1].plain.isalpha()
        named = pieces[at - 1].stem in rules.names.sure | rules.near["kin"]
        return named and after not in rules.births["not_age"]  # "Cyril, 102 next week"
    return at > 0 and _somebody(rules, pieces, at, end) and after not in rules.births["not_age"]


def _bare(rules: Rules, pieces: Sequence[Piece], end: int) -> bool:
    """Whether nothing is counted by the number that ends here."""
    return end >= len(pieces) or pieces[end].plain not in rules.births["not_age"]


def _somebody(rules: Rules, pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether the words before speak of somebody: "my mother's", "aged", "she were", "jean"."""
    at -= pieces[at - 1].plain == "a" and at > 1  # "nan's a hundred and two"
    owner = pieces[at - 1]
    if owner.plain != owner.stem and owner.stem in rules.near["kin"]:
        return True
    if owner.plain.endswith("s") and owner.plain[:-1] in rules.near["kin"]:  # "my husbands 93"
        return True
    if (
        owner.stem in rules.names.sure | rules.near["kin"] | rules.near["titles"]
        and pieces[at].close
    ):
        return True
    if owner.plain in ("yes", "her", "him") and pieces[at].close:  # "99, yes ninety nine"
        return owner.plain == "yes" or pieces[at - 2].plain in ("makes", "made", "make")
    before = owner.plain if "\n" not in pieces[at].gap else ""
    who = pieces[at - 2].plain if at > 1 else ""
    if before == "were":
        return who in ONE or who in rules.near["kin"]
    after = pieces[end].plain if end < len(pieces) else ""
    if before == "at" and after in rules.near["whose"] | PEOPLE:  # "at 96 you don't expect that"
        return True
    return before in rules.births["aged"]
