"""Where somebody lives: "14 Acacia Road", "flat two b", "number nine the green"."""

from collections.abc import Iterator, Sequence

from triage.redaction.births import cued
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part
from triage.redaction.streets import called, house, number, street


def places(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """Each address."""
    at = 0
    while at < len(pieces):
        end = _address(rules, pieces, at)
        while more := _further(rules, pieces, end):
            end = more
        if end:
            yield _from_house(pieces, at), end, "address"
        at = end or at + 1


def _address(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where an address ends that begins with this word; 0 when none does."""
    living = at > 0 and cued(rules, pieces, at - 1, "live") > 0
    start = at
    named = pieces[at].plain in rules.streets["number"]
    if named:
        start += 1
    end = number(pieces, start)
    flat = named and pieces[at].plain in ("flat", "apartment", "apt") and end > start
    if end == start:
        return _by_name(rules, pieces, at, living)
    over = street(rules, pieces, end, named or living)
    if not over and flat:  # "Flat 2b, 37 High Street"
        second = end < len(pieces) and pieces[end].plain in ("number", "no")
        next_end = number(pieces, end + second)
        over = street(rules, pieces, next_end, True) if next_end > end + second else 0
    if over or (named and at > 0 and pieces[at - 1].plain in rules.streets["ends"]):
        return over or end  # "ashfield avenue number twenty three"
    if living and end < len(pieces) and not _over(pieces, end):
        the = pieces[end].plain == "the"
        word = pieces[end + the].plain if end + the < len(pieces) else ""
        if word and word not in rules.streets["not_street"]:
            return end + the + 1
    if named and at > 0 and pieces[at - 1].plain == "at" and end < start + 3:
        return end if _next_door(pieces, at - 1, end) else 0
    return end if flat or (living and _over(pieces, end)) else 0


def _by_name(rules: Rules, pieces: Sequence[Piece], at: int, living: bool) -> int:
    """Where an address ends that begins with a house's name, and no number."""
    told = living or pieces[at].capital or pieces[at].gap == ", "
    end = (house(rules, pieces, at) if told else 0) or called(pieces, at, living)
    return end if living or _further(rules, pieces, end) else 0


def _next_door(pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether "at number 16" is where somebody lives, and not a place in a queue."""
    before = pieces[at - 1].plain if at else ""
    after = [piece.plain for piece in pieces[end : end + 2]]
    return before not in ("was", "am", "im", "were", "is", "still", "be") and after != ["in", "the"]


def _further(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where an address ends that goes on: "Jubilee Court, Station Road", "oak lodge mill lane"."""
    if not 0 < at < len(pieces) or pieces[at].gap not in (", ", ",", ",\n", " "):
        return 0
    end = street(rules, pieces, at, True, gap=pieces[at].gap)
    return end if end and pieces[end - 1].plain in rules.streets["ends"] else 0


def _from_house(pieces: Sequence[Piece], at: int) -> int:
    """Where "The Old Forge, 3 Mill Lane" begins; a "number" before the number stays."""
    if pieces[at].plain in ("number", "no"):
        return at + 1
    start = at - 1
    while start > 0 and at - start < 4 and pieces[start].capital and pieces[start].close:
        start -= 1
    named = at > 1 and pieces[at].gap == ", " and pieces[start].plain == "the"
    return start if named and pieces[start].capital else at


def _over(pieces: Sequence[Piece], at: int) -> bool:
    """Whether nothing is counted by the number before: "I live at 14." or "at 14 and"."""
    return at >= len(pieces) or not pieces[at].close or pieces[at].plain in ("and", "in", "with")
