"""What the words before a number say it is: "my sort code is"."""

from collections.abc import Sequence

from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

BEFORE, BEFORE_BANK = 7, 12  # words that may say what a number is


def near(rules: Rules, pieces: Sequence[Piece], at: int, kind: str) -> bool:
    """Whether the words before say that a number of this kind comes."""
    reach = BEFORE_BANK if kind == "bank" else BEFORE
    said = " ".join(piece.plain for piece in pieces[max(0, at - reach) : at])
    return rules.contexts[kind].search(f" {said} ") is not None
