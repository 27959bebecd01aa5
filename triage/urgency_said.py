"""Plain words in a row, and what was found out about them: thousands of phrases ask the same."""

from collections.abc import Mapping, Sequence, Set
from functools import cached_property, lru_cache

LONGEST_STEM = 40  # letters: longer than any in a list, shorter than what somebody hostile sends


class Words(tuple[str, ...]):
    """The plain words of a sentence."""

    @cached_property
    def keys(self) -> Sequence[tuple[str, ...]]:
        """How phrases may know each word; behind the last one there is none to know."""
        return [*map(_keys, self), ()]

    @cached_property
    def stand(self) -> Mapping[str, Sequence[int]]:
        """Where words stand, by each way in which phrases may know them."""
        stand: dict[str, list[int]] = {}
        for at, keys in enumerate(self.keys):
            for key in keys:
                stand.setdefault(key, []).append(at)
        return stand

    @cached_property
    def reached(self) -> dict[tuple[object, int], Set[int]]:
        """Where each step of a phrase that was tried at a place may end (`urgency_steps`)."""
        return {}


@lru_cache(maxsize=4096)
def _keys(word: str) -> tuple[str, ...]:
    """How phrases may know a word: as it is, by how it begins, as a number."""
    stems = (word[:end] + "*" for end in range(1, min(len(word), LONGEST_STEM) + 1))
    return (word, *stems, *(("#",) if word.isdigit() else ()))
