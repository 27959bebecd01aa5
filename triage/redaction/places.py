"""Where somebody lives: "14 Acacia Road", "flat two b", "number nine the green"."""

from collections.abc import Iterator, Sequence, Set

from triage.redaction.births import cued
from triage.redaction.houses import called, further, home, house, start
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part
from triage.redaction.streets import number, street


def places(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """Each address."""
    at = 0
    while at < len(pieces):
        end = _address(rules, pieces, at)
        while more := further(rules, pieces, end):
            end = more
        if end:
            yield start(rules, pieces, at), end, "address"
        at = end or at + 1


def _address(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where an address ends that begins with this word; 0 when none does."""
    living = at > 0 and cued(rules, pieces, at - 1, "live") > 0
    first = at
    named = pieces[at].plain in rules.streets["number"]
    if named:
        first += 1
    end = number(pieces, first)
    flat = named and pieces[at].plain in ("flat", "apartment", "apt") and end > first
    flat = flat and (end == len(pieces) or pieces[end].plain not in _counted(rules))
    if end == first:
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
    if named and at > 0 and pieces[at - 1].plain == "at" and end < first + 3:
        return _the(rules, pieces, end) if _next_door(pieces, at - 1, end) else 0
    return end if flat or (living and _over(pieces, end)) else 0


def _counted(rules: Rules) -> Set[str]:
    """What "flat 12 months" counts, and not "flat 2 over the chip shop"."""
    return rules.births["not_age"] - {"over"}


def _by_name(rules: Rules, pieces: Sequence[Piece], at: int, living: bool) -> int:
    """Where an address ends that begins with a house's name, and no number."""
    if end := home(rules, pieces, at):
        return end
    told = living or pieces[at].capital or pieces[at].gap == ", "
    end = (house(rules, pieces, at) if told else 0) or called(pieces, at, living)
    return end if living or further(rules, pieces, end) else 0


def _the(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where "number four the hollies" ends, whose number ends here."""
    the = at + 1 < len(pieces) and pieces[at].plain == "the" and pieces[at].close
    more = the and pieces[at + 1].plain not in rules.streets["not_street"]
    return at + 2 if more else at


def _next_door(pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether "at number 16" is where somebody lives, and not a place in a queue."""
    before = pieces[at - 1].plain if at else ""
    after = [piece.plain for piece in pieces[end : end + 2]]
    return before not in ("was", "am", "im", "were", "is", "still", "be") and after != ["in", "the"]


def _over(pieces: Sequence[Piece], at: int) -> bool:
    """Whether nothing is counted by the number before: "I live at 14." or "at 14 and"."""
    return at >= len(pieces) or not pieces[at].close or pieces[at].plain in ("and", "in", "with")
