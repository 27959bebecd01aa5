"""Rooms and beds beside a name: together they find somebody."""

from collections.abc import Iterator, Sequence

from triage.redaction.plain import Piece
from triage.redaction.secret import Part
from triage.redaction.streets import number

ROOMS = frozenset(["room", "bed", "bay", "cubicle", "bedroom"])
TITLED = frozenset(["mr", "mrs", "mister", "missus"])
NEARBY = 5  # words between a room and a name


def rooms(pieces: Sequence[Piece], names: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """The number of a room or bed beside a name (start, end; in order): together they find one.

    "mister [unk] in bed nine" is one too: who hears the recording, or knows the ward, has the name.
    """
    titled = [(at, at + 1) for at, piece in enumerate(pieces) if piece.plain in TITLED]
    names, near = sorted([*names, *titled]), 0
    for at, piece in enumerate(pieces[:-1]):
        end = number(pieces, at + 1)
        if piece.plain not in ROOMS or end == at + 1:
            continue
        while near < len(names) and names[near][1] < at - NEARBY:
            near += 1
        if near < len(names) and names[near][0] <= end + NEARBY:
            yield at + 1, end, "room"
