"""The little language of the urgent lists: a phrase in, the places where it stands out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import chain

from triage.urgency_near import Span, together
from triage.urgency_said import Words
from triage.urgency_steps import Language, Pattern, firsts

RAREST = 3  # places of a phrase that are looked for before all else


@dataclass(frozen=True, eq=False)
class Phrases:
    """Phrases, each of one part or more, by the words that a part needs and begins with."""

    language: Language
    phrases: Sequence[tuple[str, ...]]
    parts: Mapping[str, Pattern]

    def found(self, words: Words) -> Iterator[Span]:
        """Where each phrase that is found begins, ends at the earliest and at the latest."""
        some = words.stand.keys() & self._needing.keys()
        needed = {part for key in some for part in self._needing[key]}
        stands = {part: spans for part in needed if (spans := self._spans(part, words))}
        for part in stands:
            for phrase in self._led[part]:
                if all(other in stands for other in phrase):
                    yield from reduce(together, [stands[other] for other in phrase])

    def _spans(self, part: str, words: Words) -> Sequence[Span]:
        if any(map(words.stand.keys().isdisjoint, self._sure[part][:RAREST])):
            return ()
        pattern, starts = self.parts[part], words.where[self._begins[part]]
        if not self.language.ends(pattern, words, starts):
            return ()
        ends = ((at, self.language.ends(pattern, words, 1 << at)) for at in _each(starts))
        return [(at, next(_each(some)), some.bit_length() - 1) for at, some in ends if some]

    @cached_property
    def _sure(self) -> Mapping[str, Sequence[frozenset[str]]]:
        """What may stand at each place of a part, the least first: it needs one of each."""
        return {part: sorted(_places(pattern), key=len) for part, pattern in self.parts.items()}

    def words(self) -> set[str]:
        """Every whole word that the phrases know."""
        return set().union(*map(_words, self.parts.values()))

    @cached_property
    def _begins(self) -> Mapping[str, frozenset[str]]:
        return {part: frozenset(firsts(pattern)) for part, pattern in self.parts.items()}

    @cached_property
    def _led(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """The phrases by their first part."""
        led: dict[str, list[tuple[str, ...]]] = {part: [] for part in self.parts}
        for phrase in self.phrases:
            led[phrase[0]].append(phrase)
        return led

    @cached_property
    def _needing(self) -> Mapping[str, Sequence[str]]:
        """The parts by the rarest word that each needs: a text without it is not searched for it.

        Thousands of phrases are tried on each text, and nearly all begin with "my" or "he".
        """
        common = Counter(chain.from_iterable(chain.from_iterable(self._sure.values())))
        needing: dict[str, list[str]] = {}
        for part, ways in self._sure.items():
            for key in min(ways, key=lambda some: sum(common[key] for key in some)):
                needing.setdefault(key, []).append(part)
        return needing


def phrases(language: Language, listed: Iterable[str]) -> Phrases:
    """Phrases made ready to be found."""
    ready = [tuple(phrase.split(" + ")) for phrase in dict.fromkeys(listed)]
    return Phrases(language, ready, {part: language.pattern(part) for ps in ready for part in ps})


def _places(pattern: Pattern) -> Iterator[frozenset[str]]:
    """What may stand at each place of a pattern that cannot be empty; if all can, what begins."""
    sure: list[Pattern] = [(step,) for step in pattern if not step.optional]
    yield from map(frozenset, map(firsts, sure or [pattern]))


def _each(places: int) -> Iterator[int]:
    """The places that are set, the first first."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


def _words(pattern: Pattern) -> set[str]:
    inner = (_words(way) for step in pattern for way in step.ways)
    return {word for step in pattern for word in step.single if word[-1] != "*"}.union(*inner)
