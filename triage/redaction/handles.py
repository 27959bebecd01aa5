"""What somebody is called on a network: "my insta is kayleigh.xo.99", "underscore big dave"."""

from collections.abc import Iterator, Sequence, Set

from triage.redaction.numerals import ONES, TEEN, TEN
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules
from triage.redaction.secret import Part

FILL = 5  # of these before a handle
JOINING = (".", "_", "__", "-", "._", "_.", "/")
JOINTS = ("dot", "underscore")
NUMBERS = frozenset([*ONES, *TEEN, *TEN, "thousand"])
SHORTEST = 5  # signs of a handle
MOST = 5  # words of one that is said, beside its joints


def handles(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """Each: behind the network's name, or with an "underscore"."""
    networks, leading, stops = (
        frozenset(rules.web[key].split()) for key in ("handles", "leading", "stops")
    )
    counted = rules.births["not_age"]
    for at, piece in enumerate(pieces):
        if piece.stem in networks:
            start = _start(pieces, at + 1, leading)
            end = _end(pieces, start, stops)
            if _somebodys(pieces[start:end], counted):
                yield start, end, "web"
        elif piece.plain == "underscore":
            before = at > 0 and pieces[at - 1].plain not in stops
            yield at - before, max(at + 1, _end(pieces, at + 1, stops)), "web"


def _start(pieces: Sequence[Piece], at: int, leading: Set[str]) -> int:
    start = at
    while start < min(at + FILL, len(pieces)) and pieces[start].plain in leading:
        start += 1
    return start


def _end(pieces: Sequence[Piece], start: int, stops: Set[str]) -> int:
    """Where a handle ends: at a word that is in none, or a stop; signs and joints go on with it."""
    end = start
    while end < min(start + 3 * MOST, len(pieces)):
        piece = pieces[end]
        joined = end > start and (piece.gap in JOINING or pieces[end - 1].plain in JOINTS)
        goes_on = joined or piece.plain in JOINTS
        word = (end == start or piece.close) and piece.plain not in stops and end < start + MOST
        if not (goes_on or word):
            break
        end += 1
    return end


def _somebodys(pieces: Sequence[Piece], counted: Set[str]) -> bool:
    """Whether this is nobody's English: signs or digits in a word, a number that counts nothing."""
    said = [piece.plain for piece in pieces]
    chars = "".join(said)
    if len(chars) < SHORTEST or chars.isdecimal() or said[0] in NUMBERS:
        return False
    if any(word in counted for word in said):
        return False
    joined = any(piece.gap in JOINING for piece in pieces[1:])
    return joined or any(
        word in JOINTS or word in NUMBERS or any(char.isdecimal() for char in word) for word in said
    )
