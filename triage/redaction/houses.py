"""How far an address reaches: back to its house's name, on to its street."""

from collections.abc import Sequence

from triage.redaction.births import cued
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.streets import MOST, number, street

BETWEEN = 4  # words of a house's name, before its street
STREET = 4  # words of a street's name


def further(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where an address ends that goes on: "Jubilee Court, Station Road", "oak lodge mill lane"."""
    if not 0 < at < len(pieces) or pieces[at].gap not in (", ", ",", ",\n", " "):
        return 0
    end = street(rules, pieces, at, True, gap=pieces[at].gap)
    if end and pieces[end - 1].plain in rules.streets["ends"]:
        return end
    return _house_between(rules, pieces, at) if pieces[at].gap != " " else 0


def _house_between(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where "Brindley Point, 22 Sheepcote Street" ends behind "Flat 17, "."""
    for start in range(at, min(at + BETWEEN + 1, len(pieces))):
        if start > at and pieces[start].gap not in (" ", ", "):
            break
        end = number(pieces, start)
        if end > start:
            return street(rules, pieces, end, True)
    return 0


def start(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where an address begins whose number stands at `at`; a "number" before the number stays."""
    named = pieces[at].plain in ("number", "no")
    if named and at > 1 and pieces[at - 1].plain in rules.streets["ends"]:
        start = at - 1  # "ashfield avenue number twenty three"
        while start > at - STREET and pieces[start].close:
            if pieces[start - 1].plain in rules.streets["not_street"] - {"the"}:
                break
            start -= 1
        return start
    return _from_house(rules, pieces, at + named)


def _from_house(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where "The Old Forge, 3 Mill Lane" or "i live at the hollies 4 church walk" begins."""
    for start in range(at - 2, max(0, at - BETWEEN), -1):
        if pieces[start].plain == "the" and cued(rules, pieces, start - 1, "live"):
            return start
    start = at - 1
    while start > 0 and at - start < BETWEEN and pieces[start].capital and pieces[start].close:
        start -= 1
    named = at > 1 and pieces[at].gap == ", " and pieces[start].plain == "the"
    return start if named and pieces[start].capital else at


def house(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """ "I live at The Old Forge", "at rose cottage": a house that has a name."""
    for end in range(at, min(at + 4, len(pieces))):
        word = pieces[end].plain
        if end > at and not pieces[end].close:
            break
        if end > at and any(word in rules.streets[kind] for kind in ("ends", "too", "homes")):
            return end + 1
        if word in rules.streets["not_street"] and word not in ("the", "old", "new"):
            break
    return 0


def home(rules: Rules, pieces: Sequence[Piece], at: int) -> int:
    """Where "rose cottage" ends behind "at" or "of"; 0 where it is a cottage hospital, say."""
    before = pieces[at - 1].plain if at else ""
    end = house(rules, pieces, at) if before in ("at", "of", "from", "to", "in") else 0
    if not end or pieces[end - 1].plain not in rules.streets["homes"]:
        return 0
    some = {piece.stem for piece in pieces[at : end - 1]}  # "to sell the cottage", "mum's cottage"
    after = pieces[end].plain if end < len(pieces) else ""
    named = some.isdisjoint(rules.streets["not_street"] | rules.near["kin"])
    return end if named and after not in rules.near["place_ends"] else 0


def called(pieces: Sequence[Piece], at: int, living: bool) -> int:
    """ "The Willows, Beech Road", "i live at the old mill, mill lane": before its street."""
    if pieces[at].plain != "the":
        return 0
    for end in range(at + 2, min(at + MOST + 1, len(pieces))):
        if not (living or pieces[end - 1].capital):
            return 0
        if pieces[end].gap == ", ":
            return end
    return 0
