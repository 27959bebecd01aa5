"""The little language of the urgent lists: a phrase in, the places where it stands out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
        pattern, begins = self.parts[part], words.stand.keys() & self._begins[part]
        starts = sorted({at for key in begins for at in words.stand[key]})
        ends = ((start, self.language.ends(pattern, words, start)) for start in starts)
        return [(start, min(some), max(some)) for start, some in ends if some]

    @cached_property
    def _sure(self) -> Mapping[str, Sequence[Set[str]]]:
        """What may stand at each place of a part, the least first: it needs one of each."""
        return {part: sorted(_places(pattern), key=len) for part, pattern in self.parts.items()}

    def words(self) -> set[str]:
        """Every whole word that the phrases know."""
        return set().union(*map(_words, self.parts.values()))

    @cached_property
    def _begins(self) -> Mapping[str, Set[str]]:
        return {part: firsts(pattern) for part, pattern in self.parts.items()}

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


def _places(pattern: Pattern) -> Iterator[Set[str]]:
    """What may stand at each place of a pattern that cannot be empty; if all can, what begins."""
    sure = [step for step in pattern if not step.optional]
    yield from (firsts((step,)) for step in sure) if sure else (firsts(pattern),)


def _words(pattern: Pattern) -> set[str]:
    inner = (_words(way) for step in pattern for way in step.ways)
    return {word for step in pattern for word in step.single if word[-1] != "*"}.union(*inner)
