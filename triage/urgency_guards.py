"""What takes a match back or lowers it: what covers it, stands beside it, or shares its part."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from triage.urgency_phrases import Phrases, phrases
from triage.urgency_said import Words
from triage.urgency_steps import Language, Pattern

DENIES = 3  # how many words on a "not" still counts
# How many words away what calms may stand. "The nurse was kind" at the beginning of a message
# takes nothing from a cry at its end; neither callers nor recognisers set a full stop between them.
NEAR = 4
WINDOW = 20  # how many words back what stands before a match may begin: keeps long texts linear


@dataclass(frozen=True)
class Guards:
    """Guards made ready: those that cover a match, those on its sides, those near it."""

    language: Language
    over: Phrases
    beside: Sequence[tuple[Pattern, Pattern]]
    near: Phrases

    def at(self, words: Words) -> "Guarded":
        """The guards as they stand in one sentence."""
        spans = sorted((start, end) for start, _, end in self.over.found(words))
        reach = list(accumulate((end for _, end in spans), max))
        near = sorted(at for at, _, _ in self.near.found(words) if not self._denied(words, at))
        ends = [at for at, word in enumerate(words) if word in self.language.turns]
        return Guarded(self, words, [start for start, _ in spans], reach, near, ends)

    def _denied(self, words: Sequence[str], at: int) -> bool:
        """Whether it is said not to be so: "nobody was kind" calms nobody."""
        return not self.language.nots.isdisjoint(words[max(0, at - DENIES) : at])


@dataclass(frozen=True)
class Guarded:
    """One sentence: where its covers begin and how far they reach; what is near; its parts."""

    guards: Guards
    words: Words
    begin: Sequence[int]
    reach: Sequence[int]
    near: Sequence[int]
    turns: Sequence[int]

    def hold(self, start: int, end: int) -> bool:
        """Whether a guard covers the match at these places, or stands beside it or near it."""
        begun = bisect_right(self.begin, start)
        covered = begun > 0 and self.reach[begun - 1] >= end
        return covered or self._in_part(start, end) or self._beside(start, end)

    def _in_part(self, start: int, end: int) -> bool:
        part = bisect_right(self.turns, start)
        begins = max(self.turns[part - 1] if part else 0, start - NEAR, self._anew(start))
        ends = min(self.turns[part] if part < len(self.turns) else len(self.words), end + NEAR)
        first = bisect_right(self.near, begins - 1)
        return first < len(self.near) and self.near[first] < ends

    def _anew(self, start: int) -> int:
        """Where somebody begins to say what the match is about: "the ward was clean | I want to
        die". What joins goes on: "kind to me when I wanted to die"."""
        language = self.guards.language
        for at in range(start, max(0, start - NEAR), -1):
            if self.words[at] in language.starts and self.words[at - 1] not in language.joins:
                return at
        return 0

    def _beside(self, start: int, end: int) -> bool:
        said, language = self.words, self.guards.language
        lead = Words(said[max(0, start - WINDOW) : start + 1][::-1])
        return any(
            language.ends(before, lead, 0b10) and language.ends(after, said, 1 << end)
            for before, after in self.guards.beside
        )


def guards(language: Language, listed: Iterable[str]) -> Guards:
    """Guards by where they stand: ~ is the match, & what may stand anywhere in the same part."""
    kept = list(listed)
    sides = [guard.partition("~") for guard in kept if "~" in guard]
    beside = [(_backwards(language.pattern(b)), language.pattern(a)) for b, _, a in sides]
    near = (guard.removeprefix("&") for guard in kept if guard[0] == "&")
    over = (guard for guard in kept if guard[0] != "&" and "~" not in guard)
    return Guards(language, phrases(language, over), beside, phrases(language, near))


def _backwards(pattern: Pattern) -> Pattern:
    """The pattern as it is met by who reads from its end to its beginning."""
    return tuple(
        replace(step, ways=tuple(map(_backwards, step.ways)), inside=step.gap > 0)
        for step in reversed(pattern)
    )
