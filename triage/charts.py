"""Bars of a chart: how long each piece is, in hundredths of the whole width. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A part of a bar: where it begins, how wide it is, and what it stands for."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Bar:
    """One line of a chart: its name, its pieces, and its number in words."""

    name: str
    pieces: Sequence[Piece]
    said: str


def bars(rows: Iterable[tuple[str, int | None, str]]) -> list[Bar]:
    """(name, number, words) -> a bar each; the longest fills the width. None: no bar."""
    known = list(rows)
    most = max((number or 0 for _, number, _ in known), default=0)
    return [
        Bar(name, stacked([("count", number)], most) if number else (), said)
        for name, number, said in known
    ]


def stacked(parts: Iterable[tuple[str, int]], most: int) -> list[Piece]:
    """(kind, number) -> pieces side by side; `most` is the whole width. Nothing takes no room."""
    found: list[Piece] = []
    x = 0.0
    for kind, number in parts:
        width = round(100 * number / most, 2) if most else 0.0
        if width:
            found.append(Piece(round(x, 2), width, kind))
        x += width
    return found
