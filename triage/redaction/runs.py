"""Signs that stand together: "oh double seven" is 077."""

import re
from collections.abc import Iterator, Sequence

from triage.redaction.numerals import TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.signs import Sign, sign

MANY = {"hundred": "00", "thousand": "000"}
BETWEEN = re.compile(r"[ \-.,/()+'\n]{0,4}")


def runs(rules: Rules, pieces: Sequence[Piece], held: Sequence[bool]) -> Iterator[list[Sign]]:
    """Signs that stand together. `held`: words that are a date, a time or money already."""
    run: list[Sign] = []
    at = 0
    while at < len(pieces):
        if run and _skipped(rules, pieces, at):
            at += 1
            continue
        found = None if held[at] else sign(rules, pieces, at)
        if run and (found is None or _parted(run[-1], found, pieces[at].gap)):
            many = MANY.get(pieces[at].plain)
            if many and run[-1].spoken and pieces[at].close:
                last = run.pop()
                run.append(Sign(last.chars + many, last.at, at + 1, True))
                at += 1
                continue
            yield run
            run = []
        if found:
            run.append(found)
        at = found.end if found else at + 1
    if run:
        yield run


def _skipped(rules: Rules, pieces: Sequence[Piece], at: int) -> bool:
    """ "um", "sorry", "and then": said between two digits of one number."""
    word, after = pieces[at].plain, pieces[at + 1].plain if at + 1 < len(pieces) else ""
    return word in rules.numbers["skipped"].split() or (word == "and" and after == "then")


def _parted(last: Sign, found: Sign, gap: str) -> bool:
    """Whether what stands between two signs ends a run; a comma does where they are written."""
    listed = "," in gap and not (last.spoken and found.spoken)
    return listed or BETWEEN.fullmatch(gap) is None


def merged(run: Sequence[Sign]) -> list[Sign]:
    """The same run with "thirty one" as 31."""
    made: list[Sign] = []
    for one in run:
        last = made[-1] if made else None
        tens = last is not None and last.spoken and last.end - last.at == 1 and last.end == one.at
        if last and tens and last.chars in TEN.values() and one.chars in "123456789":
            made[-1] = Sign(last.chars[0] + one.chars, last.at, one.end, True)
        else:
            made.append(one)
    return made
