"""Digits and letters, written or said one by one, as runs of signs: "oh double seven" is 077."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

ONE = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
ONES = {name: str(n) for n, name in enumerate(ONE)}
ONES |= dict.fromkeys(["oh", "o", "nought", "naught", "nowt", "nil", "nort", "noughts"], "0")
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
TEEN = {name: str(n) for n, name in enumerate([*TEENS, "eighteen", "nineteen"], 10)}
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TEN = {name: str(10 * n) for n, name in enumerate(TENS, 2)} | {"fourty": "40", "ninty": "90"}
MANY = {"hundred": "00", "thousand": "000"}
TIMES = {"double": 2, "treble": 3, "triple": 3, "trouble": 3}  # the last as it is misheard
BETWEEN = re.compile(r"[ \-.,()+'\n]{0,4}")
ORDINAL = re.compile(r"(?:\d*1st|\d*2nd|\d*3rd|\d+th|\d+(?:hrs?|yrs?|am|pm))")
SLIP = re.compile(r"\d[\do]+")  # "9oo": the key beside it
LONGEST = 24  # signs of one written word: a hostile one may be longer


@dataclass(frozen=True, slots=True)
class Sign:
    """What one word, or a few, add to a run: from piece `at` up to `end`."""

    chars: str
    at: int
    end: int
    spoken: bool = False
    weak: bool = False  # more often a word of its own: "for", "to", "you"

    @property
    def digits(self) -> bool:
        return self.chars.isdecimal()


def runs(rules: Rules, pieces: Sequence[Piece], held: Sequence[bool]) -> Iterator[list[Sign]]:
    """Signs that stand together. `held`: words that are a date, a time or money already."""
    run: list[Sign] = []
    at = 0
    while at < len(pieces):
        if run and _skipped(rules, pieces, at):
            at += 1
            continue
        sign = None if held[at] else _sign(rules, pieces, at)
        if run and (sign is None or _parted(run[-1], sign, pieces[at].gap)):
            many = MANY.get(pieces[at].plain)
            if many and run[-1].spoken and pieces[at].close:
                last = run.pop()
                run.append(Sign(last.chars + many, last.at, at + 1, True))
                at += 1
                continue
            yield run
            run = []
        if sign:
            run.append(sign)
        at = sign.end if sign else at + 1
    if run:
        yield run


def _skipped(rules: Rules, pieces: Sequence[Piece], at: int) -> bool:
    """ "um", "sorry", "and then": said between two digits of one number."""
    word, after = pieces[at].plain, pieces[at + 1].plain if at + 1 < len(pieces) else ""
    return word in rules.numbers["skipped"].split() or (word == "and" and after == "then")


def _parted(last: Sign, sign: Sign, gap: str) -> bool:
    """Whether what stands between two signs ends a run; a comma does where they are written."""
    listed = "," in gap and not (last.spoken and sign.spoken)
    return listed or BETWEEN.fullmatch(gap) is None


def merged(run: Sequence[Sign]) -> list[Sign]:
    """The same run with "thirty one" as 31."""
    made: list[Sign] = []
    for sign in run:
        last = made[-1] if made else None
        tens = last is not None and last.spoken and last.end - last.at == 1 and last.end == sign.at
        if last and tens and last.chars in TEN.values() and sign.chars in "123456789":
            made[-1] = Sign(last.chars[0] + sign.chars, last.at, sign.end, True)
        else:
            made.append(sign)
    return made


def _sign(rules: Rules, pieces: Sequence[Piece], at: int) -> Sign | None:
    word = pieces[at].plain
    if word in TIMES and at + 1 < len(pieces) and pieces[at + 1].close:
        return _times(rules, pieces, at)
    if word in ONES or word in TEEN or word in TEN:
        chars = ONES.get(word) or TEEN.get(word) or TEN[word]
        return Sign(chars, at, at + 1, spoken=True)
    if not word.isascii() or len(word) > LONGEST:
        return None
    if any(sign.isdigit() for sign in word):
        word = word.replace("o", "0") if SLIP.fullmatch(word) else word
        return None if ORDINAL.fullmatch(word) else Sign(word.upper(), at, at + 1)
    if len(word) == 1:
        return Sign(word.upper(), at, _for_bravo(pieces, at), spoken=True)
    if word in rules.numbers["alike"]:
        return Sign(rules.numbers["alike"][word], at, at + 1, True, weak=True)
    if word in rules.numbers["letters"]:
        return Sign(rules.numbers["letters"][word], at, at + 1, True, weak=True)
    short = len(word) < 4 and (pieces[at].upper or word not in rules.names.words)
    return Sign(word.upper(), at, at + 1, weak=True) if short else None


def _times(rules: Rules, pieces: Sequence[Piece], at: int) -> Sign | None:
    """ "double seven", "treble oh", "double u"."""
    word = pieces[at + 1].plain
    if pieces[at].plain == "double" and word in ("u", "you"):
        return Sign("W", at, at + 2, True)
    sign = ONES.get(word) or (word.upper() if len(word) == 1 and word.isascii() else "")
    return Sign(sign * TIMES[pieces[at].plain], at, at + 2, True) if sign else None


def _for_bravo(pieces: Sequence[Piece], at: int) -> int:
    """Where "b for bravo" or "m as in mother" ends."""
    for words in (("for",), ("as", "in")):
        end = at + 1 + len(words)
        said = [piece.plain for piece in pieces[at + 1 : end]] == list(words)
        if said and end < len(pieces) and pieces[end].plain[0] == pieces[at].plain:
            return end + 1
    return at + 1
