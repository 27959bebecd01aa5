"""The words of a text and each two in a row, and how much they say. Pure.

A point tells what a text is about; the words tell how it is put: "wants to die" and "died" lie
near each other, and only one of them is a cry. Words that stand in most texts say little.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap

import numpy as np
from numpy.typing import NDArray

from triage.meaning.pieces import pieces, spelt

LONGEST = 200  # pieces
PAIR = 1 << 20  # a pair is its first piece times this, and its second

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Wording:
    """Every piece and pair that is known, in their order, and how rare each is."""

    known: NDArray[np.int64]
    rare: Numbers

    def familiar(self, text: str) -> float:
        """The share of a text's words that are spelt, piece by piece, as known ones are; 1 of none.
        It is small where the text is in another language."""
        words = list(spelt(text))
        return sum(map(self._knows, words)) / len(words) if words else 1

    def _knows(self, word: Sequence[int]) -> bool:
        grams = np.array([*word, *starmap(_pair, pairwise(word))], np.int64)
        at = np.minimum(np.searchsorted(self.known, grams), len(self.known) - 1)
        return bool((self.known[at] == grams).all())

    def of(self, text: str) -> tuple[NDArray[np.int64], Numbers]:
        """The places of the known ones of a text, and what each says of it: together, length 1."""
        counted = grams(text)
        some = np.array(sorted(counted), np.int64)
        at = np.minimum(np.searchsorted(self.known, some), len(self.known) - 1)
        here = self.known[at] == some
        often = np.array([1 + math.log(counted[gram]) for gram in some[here]], np.float32)
        says = often * self.rare[at[here]]
        return at[here], says / max(float(np.linalg.norm(says)), 1e-9)


def grams(text: str) -> Counter[int]:
    """How often each piece and each pair of pieces stands in a text."""
    found = pieces(text, LONGEST)
    pairs = starmap(_pair, pairwise(found))
    return Counter([*found[1:-1], *pairs])


def _pair(one: int, two: int) -> int:
    return (one + 1) * PAIR + two


def wording(texts: Iterable[str]) -> Wording:
    """What is known of so many texts: all that stands in two of them or more."""
    counts = [grams(text) for text in texts]
    stands = Counter(gram for counted in counts for gram in counted)
    known = sorted(gram for gram, many in stands.items() if many > 1)
    rare = [math.log(len(counts) / stands[gram]) for gram in known]
    return Wording(np.array(known, np.int64), np.array(rare, np.float32))
