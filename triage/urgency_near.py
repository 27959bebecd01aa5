"""Parts of a phrase joined by a +: each with the nearest of the others, in either order."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

NEAR = 12  # how many words may lie between the parts

Span = tuple[int, int, int]  # where it begins, ends at the earliest, ends at the latest


def together(some: Sequence[Span], others: Sequence[Span]) -> Sequence[Span]:
    """Each of some with the nearest of the others, on either side, if it is near enough."""
    return sorted({*_followed(some, others), *_followed(others, some)})


def _followed(some: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    starts = [start for start, _, _ in others]
    for start, end, latest in some:
        after = bisect_left(starts, end)
        if after < len(others) and starts[after] - end <= NEAR:
            yield start, others[after][1], max(latest, others[after][2])
