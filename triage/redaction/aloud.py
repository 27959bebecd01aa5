"""E-mail and web addresses in words: "john dot smith at gmail dot com"."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part

LONGEST = 3  # words before the first dot


def spoken(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """ "john dot smith at gmail dot com", "w w w dot ..."."""
    web = rules.web
    for at, piece in enumerate(pieces[:-1]):
        sign = pieces[at + 1].gap == " @ "  # "jean dot smith @ gmail . com"
        if (sign or piece.plain == "at") and (end := _host(web, pieces, at + 1)):
            start = _mailbox(web, pieces, at + sign)
            if start < at + sign:
                yield start, end, "email"
        elif [p.plain for p in pieces[at : at + 4]] == ["w", "w", "w", "dot"]:
            yield at, _dotted(pieces, at + 3), "web"


def _host(web: Mapping[str, Any], pieces: Sequence[Piece], at: int) -> int:
    """Where "gmail dot com" ends that begins here; 0 when it is no such thing."""
    while at + 2 < len(pieces) and len(pieces[at].plain) == 1:  # "b t internet dot com"
        at += 1
    words = (n for n in range(at + 1, at + 1 + LONGEST) if _dotted(pieces, n) > n)
    end = _dotted(pieces, next(words, at + 1))  # "greenway cottage dot co dot uk"
    if pieces[at].plain == "www":  # "a photo at www.example.com" is found by its form
        return 0
    if pieces[at].plain in web["hosts"].split():
        return end
    return end if end > at + 1 and pieces[end - 1].plain in web["tops"].split() else 0


def _dotted(pieces: Sequence[Piece], at: int) -> int:
    while at < len(pieces):
        if pieces[at].plain in ("dot", "point") and at + 1 < len(pieces):
            at += 2
        elif pieces[at].gap in (".", " . "):
            at += 1
        else:
            break
    return at


def _mailbox(web: Mapping[str, Any], pieces: Sequence[Piece], at: int) -> int:
    """Where the part before "at" begins: nine words of it at most, back to "is" or "my"."""
    start, stops = at, web["before"].split()
    while start and at - start < 12 and not _stops(pieces, start - 1, stops):
        ended = ". " in pieces[start].gap or "\n" in pieces[start].gap
        if ended or pieces[start - 1].plain.startswith("["):
            break
        start -= 1
    return start


def _stops(pieces: Sequence[Piece], at: int, stops: Sequence[str]) -> bool:
    """Whether a word is none of an address; the "and" of "two thousand and nine" is."""
    many = at > 0 and pieces[at - 1].plain in ("hundred", "thousand")
    return pieces[at].plain in stops and not (many and pieces[at].plain == "and")
