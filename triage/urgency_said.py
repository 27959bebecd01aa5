"""Plain words in a row, and what was found out about them: thousands of phrases ask the same."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any

LONGEST_STEM = 40  # letters: longer than any in a list, shorter than what somebody hostile sends


class Words(tuple[str, ...]):
    """The plain words of a sentence.

    Places in it are the bits of a number, the first word's the lowest, so that a phrase is looked
    for at all of them at once; one bit more is the place behind the last word.
    """

    @cached_property
    def stand(self) -> Mapping[str, int]:
        """Where words stand, by each way in which phrases may know them."""
        stand: dict[str, int] = {}
        for at, word in enumerate(self):
            for key in _keys(word):
                stand[key] = stand.get(key, 0) | 1 << at
        return stand

    @cached_property
    def where(self) -> "Where":
        """Where any of some ways to know a word stands: 0 if nowhere."""
        return Where(self.stand)

    @cached_property
    def reached(self) -> dict[tuple[Any, int], int]:
        """Where each step of a phrase that was tried at some places may end (`urgency_steps`)."""
        return {}

    @cached_property
    def led(self) -> dict[Any, Sequence[tuple[int, Any]]]:
        """The longer ways of each step that was tried, if they may stand here, and where."""
        return {}


class Where(dict[frozenset[str], int]):
    """Places by the ways to know a word, put together when they are first asked for."""

    def __init__(self, stand: Mapping[str, int]) -> None:
        super().__init__()
        self._stand = stand

    def __missing__(self, known: frozenset[str]) -> int:
        some = self._stand.keys() & known
        self[known] = places = reduce(or_, map(self._stand.__getitem__, some), 0)
        return places


@lru_cache(maxsize=4096)
def _keys(word: str) -> tuple[str, ...]:
    """How phrases may know a word: as it is, by how it begins, as a number."""
    stems = (word[:end] + "*" for end in range(1, min(len(word), LONGEST_STEM) + 1))
    return (word, *stems, *(("#",) if word.isdigit() else ()))
