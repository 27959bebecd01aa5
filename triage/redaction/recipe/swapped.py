"""Labelled sentences with other names in them, so that a net learns where names stand, not which.

Most of the new names are also words: "my mum jean fell" becomes "my mum hope fell".
"""

import re
from collections.abc import Sequence

import numpy as np

from tests.redaction.labelled import MARK, RULES

NAMES = RULES.names
WORDS = NAMES.words | NAMES.places
GIVEN = sorted(word for word in NAMES.given & WORDS if word.isalpha())
SURNAMES = sorted(word for word in NAMES.surnames & NAMES.words - NAMES.sure if word.isalpha())
RARE = sorted(word for word in NAMES.sure if word.isalpha() and len(word) > 3)
TITLES = RULES.near["titles"] | RULES.near["roles"]
OFTEN = 0.75  # of the new names are words too


def swapped(marked: str, dice: np.random.Generator) -> str:
    """The same sentence about other people; names of more than two words stay."""

    def other(mark: re.Match[str]) -> str:
        words = mark[2].split(" ")
        told = mark[1] == "name" and all(len(w) > 1 and w.isalpha() for w in words)
        if not told or len(words) > 2:
            return mark[0]
        before = re.findall(r"\w+", marked[: mark.start()].lower())[-1:]
        titled = len(words) == 1 and not TITLES.isdisjoint(before)
        kinds = [SURNAMES if titled else GIVEN, SURNAMES][: len(words)]
        new = " ".join(_one(kind if dice.random() < OFTEN else RARE, dice) for kind in kinds)
        return f"{{{{name:{new}}}}}"

    return MARK.sub(other, marked)


def _one(words: Sequence[str], dice: np.random.Generator) -> str:
    return words[dice.integers(len(words))]
