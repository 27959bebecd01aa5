"""What redaction works by: which words are names, what stands around them. Frozen."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

Cues = Mapping[str, Sequence[Sequence[str]]]  # by their last word, or by their first


@dataclass(frozen=True)
class Names:
    """Which words are names, and which may be."""

    given: Set[str]
    surnames: Set[str]
    sure: Set[str]  # a name wherever it stands
    words: Set[str]  # English: a name that is one of them shows by its neighbours only
    rarer: Set[str]  # English too, but the name is what people mean
    places: Set[str]
    particles: Set[str]
    endings: tuple[str, ...]

    def english(self, word: str) -> bool:
        """Whether a word is no name that nobody listed: English, or a place."""
        return word in self.words or word in self.rarer or word in self.places

    def listed(self, word: str) -> bool:
        """Whether a word is on any list."""
        return self.english(word) or word in self.given or word in self.surnames


@dataclass(frozen=True)
class Rules:
    """What `redaction` works by. `near`, `numbers`, `births`, `streets`, `web`: as in the file."""

    shown: Mapping[str, str]
    names: Names
    near: Mapping[str, Set[str]]
    cues: Mapping[str, Cues]
    stays: Cues  # phrases that are nobody's name
    numbers: Mapping[str, Any]
    help_lines: Set[str]
    contexts: Mapping[str, re.Pattern[str]]
    births: Mapping[str, Set[str]]
    streets: Mapping[str, Set[str]]
    web: Mapping[str, Any]
