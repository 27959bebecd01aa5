"""What the words before a number say it is: "my sort code is"."""

from collections.abc import Sequence

from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

BEFORE, BEFORE_BANK = 7, 12  # words that may say what a number is
AFTER = 6  # words behind a number that may say what it opens
TIMES = frozenset(["at", "from", "till", "until", "by", "since", "in", "about", "around"])


def opens(rules: Rules, pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether a short number is somebody's key: "the code is 1976", "4417 is the key safe"."""
    if near(rules, pieces, at, "code"):
        return True
    said = [piece.plain for piece in pieces[end : end + AFTER]]
    code = rules.contexts["code"].search(f" {' '.join(said[1:])} ") is not None
    return code and said[0] in ("is", "for", "on", "opens")


def door(rules: Rules, pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether a door or a box is spoken of beside a number, which is no time: "the gate's 2858"."""
    after = " ".join(piece.plain for piece in pieces[end : end + AFTER])
    beside = rules.contexts["door"].search(f" {after} ") is not None
    timed = at > 0 and pieces[at - 1].plain in TIMES
    return not timed and (beside or near(rules, pieces, at, "door"))


def near(rules: Rules, pieces: Sequence[Piece], at: int, kind: str) -> bool:
    """Whether the words before say that a number of this kind comes."""
    reach = BEFORE_BANK if kind == "bank" else BEFORE
    said = " ".join(piece.plain for piece in pieces[max(0, at - reach) : at])
    return rules.contexts[kind].search(f" {said} ") is not None
