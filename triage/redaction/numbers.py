"""Which runs of digits and letters are somebody's: telephone, NHS, postcode, account, car."""

from collections.abc import Iterator, Sequence

from triage.redaction.digits import digits
from triage.redaction.kinds import FEWEST, FEWEST_NEAR
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.runs import merged, runs
from triage.redaction.secret import Part
from triage.redaction.shapes import INSURED, shape
from triage.redaction.signs import Sign, joined
from triage.redaction.told import door, near

TOLD = ("plate", "postcode")  # kinds whose form may be looser where the words before say it


def numbers(rules: Rules, pieces: Sequence[Piece], held: Sequence[bool]) -> Iterator[Part]:
    """Every such run."""
    for run in runs(rules, pieces, held):
        taken: set[int] = set()
        for signs in (merged(run), run):
            for part in _shapes(rules, pieces, signs):
                if taken.isdisjoint(range(*part[:2])):
                    taken.update(range(*part[:2]))
                    yield part
        whole = None if taken else _called(rules, pieces, run)
        if whole:
            yield whole
            continue
        left: list[Sign] = []
        for sign in [*merged(run), Sign("", 0, 0)]:
            if sign.digits and sign.at not in taken:
                left.append(sign)
                continue
            yield from digits(rules, pieces, left)
            left = []
            if not sign.digits and sign.at not in taken:
                yield from _mixed(rules, pieces, sign)


def _shapes(rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign]) -> Iterator[Part]:
    at = 0
    while at < len(signs):
        end, kind = _longest(rules, pieces, signs, at)
        if signs[at].chars == "A" and at + 1 < len(signs):  # "it's a b v five nine h m k"
            later = _longest(rules, pieces, signs, at + 1)
            at, end, kind = (at + 1, *later) if later[1] and later[0] >= end else (at, end, kind)
        if kind:
            yield signs[at].at, signs[end - 1].end, kind
        at = end


def _longest(
    rules: Rules, pieces: Sequence[Piece], signs: Sequence[Sign], at: int
) -> tuple[int, str | None]:
    """Where the longest such run ends that begins here: "b d fourteen t w e" is no postcode."""
    found: tuple[int, str | None] = at + 1, None
    chars = ""
    said = [kind for kind in TOLD if near(rules, pieces, signs[at].at, kind)]
    for to in range(at, min(at + 10, len(signs))):
        chars += signs[to].chars
        if len(chars) > 9:
            break
        kind = shape(rules, chars, said) if len(chars) > 4 else None
        if kind and not (found[1] and chars[-1] in "AI"):  # "dy1 3ab a nurse"
            found = to + 1, kind
    return found


def _called(rules: Rules, pieces: Sequence[Piece], run: Sequence[Sign]) -> Part | None:
    """Letters and digits that are called a number: "hospital number RL4 220917"."""
    end = len(run)
    while end and (run[end - 1].weak or run[end - 1].chars in ("A", "I")):
        end -= 1
    chars = joined(run[:end])
    mixed = not chars.isdecimal() and sum(c.isdigit() for c in chars) >= FEWEST_NEAR
    hyphen = pieces[run[0].at].upper and any(pieces[sign.at].gap == "-" for sign in run[1:end])
    told = near(rules, pieces, run[0].at, "number") or (hyphen and chars[0].isalpha())  # "SG-4419"
    told = told or door(rules, pieces, run[0].at, run[end - 1].end)  # "the gate's c two eight x"
    if mixed and len(chars) <= 16 and told:
        return run[0].at, run[end - 1].end, "number"
    return None


def _mixed(rules: Rules, pieces: Sequence[Piece], sign: Sign) -> Iterator[Part]:
    """A word of letters and digits that is long, or that is called a number."""
    count = sum(c.isdigit() for c in sign.chars)
    called = near(rules, pieces, sign.at, "number") and count >= FEWEST_NEAR - 1
    opens = near(rules, pieces, sign.at, "code") and count > 0
    if count >= FEWEST or called or opens:
        kind = "ni" if INSURED.fullmatch(sign.chars) else "number"
        yield sign.at, sign.end, kind
