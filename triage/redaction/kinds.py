"""What kind of secret a run of digits is that is no telephone number by its form."""

from collections.abc import Sequence

from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.shapes import checked, luhn
from triage.redaction.signs import Sign
from triage.redaction.told import door, near, opens

HALF = 5  # digits of a mobile number that breaks off
COUNTED = "1234567891011121314"  # nobody's number: "one two three four five six people"
FEWEST, FEWEST_NEAR = 6, 4  # digits of a number that is somebody's; of one that is called so


def kind_of(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign], chars: str) -> str | None:
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
    if near(rules, pieces, at, "number") or opens(rules, pieces, at, signs[-1].end):
        return "number"
    if near(rules, pieces, at, "phone") and len(chars) >= FEWEST:
        return "phone"
    short = len(groups) == 1 or max(groups) == 1 or all(sign.spoken for sign in signs)
    if short and not chars.endswith("00") and door(rules, pieces, at, signs[-1].end):
        return "number"
    if chars in COUNTED:
        return None
    one_by_one = sum(len(sign.chars) for sign in signs if sign.spoken and sign.end - sign.at <= 2)
    whole = max(groups) >= FEWEST and not chars.endswith("0000")
    return "number" if whole or (one_by_one >= FEWEST and _single(signs) >= 5) else None


def _single(signs: Sequence[Sign]) -> int:
    return sum(sign.spoken and len(set(sign.chars)) == 1 for sign in signs)
