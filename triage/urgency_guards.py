"""What takes a match back or lowers it: patterns that cover it, or stand right around it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from triage.urgency_phrases import Language, Phrases, compiled, phrases

WINDOW = 100  # how far back what stands before a match may begin: keeps long texts linear


@dataclass(frozen=True)
class Guards:
    """The guards of a tier, made ready: those that cover a match, and those on its two sides."""

    over: Phrases
    language: Language
    beside: Sequence[tuple[str, str]]

    def at(self, sentence: str) -> "Guarded":
        """The guards as they stand in one sentence."""
        spans = sorted((start, end) for _, start, end in self.over.found(sentence))
        reach = list(accumulate((end for _, end in spans), max))
        return Guarded(self, sentence, [start for start, _ in spans], reach)


@dataclass(frozen=True)
class Guarded:
    """One sentence; where its covers begin, and how far those reach that have begun by then."""

    guards: Guards
    sentence: str
    begin: Sequence[int]
    reach: Sequence[int]

    def cover(self, start: int, end: int) -> bool:
        """Whether a guard covers the match at these places, or stands beside it."""
        begun = bisect_right(self.begin, start)
        if begun and self.reach[begun - 1] >= end:
            return True
        lead = self.sentence[max(0, start - WINDOW) : start]
        return any(
            _ends(self.guards.language, before).search(lead)
            and compiled(self.guards.language, after, "?").match(self.sentence, end)
            for before, after in self.guards.beside
        )


def guards(language: Language, listed: Iterable[str]) -> Guards:
    """Guards by where they stand: ~ is the match."""
    sides = [guard.partition("~") for guard in listed]
    beside = [(before, after) for before, tilde, after in sides if tilde]
    over = phrases(language, (before for before, tilde, _ in sides if not tilde))
    return Guards(over, language, beside)


@cache
def _ends(language: Language, phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{language.pattern(phrase)}$" if phrase else "")
