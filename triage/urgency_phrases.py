"""The little language of the urgent lists: a phrase in, the places where it stands out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from itertools import chain

from triage.urgency_near import Span, together

GAPS = {"..": 2, "...": 6, "....": 12}  # how many words each steps over, at most

LONGEST_STEM = 40  # letters: longer than any in a list, shorter than what somebody hostile sends

Pattern = tuple["Step", ...]
Keys = tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One place of a phrase: the words that may stand there, and the longer ways to say it."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    ways: tuple[Pattern, ...] = ()
    missing: bool = False
    gap: int = 0
    inside: bool = False  # read backwards, the gap goes no farther than where the clause begins

    def holds(self, word: str) -> bool:
        known = word in self.words or ("#" in self.words and word.isdigit())
        return known or word.startswith(self.stems)

    def may_be_nothing(self) -> bool:
        """Whether it may be left out, as a name for what may all be missing may be."""
        return (
            self.missing or self.gap > 0 or any(all(map(Step.may_be_nothing, w)) for w in self.ways)
        )


@dataclass(frozen=True, eq=False)
class Language:
    """What a list gives its phrases: its names, the words that turn a thought, those that deny,
    those with which somebody begins to say something, and those that join it to what was before.
    """

    names: Mapping[str, str | Sequence[str]]
    turns: frozenset[str]
    nots: frozenset[str]
    starts: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    made: dict[str, Step] = field(default_factory=dict, init=False)

    def pattern(self, phrase: str) -> Pattern:
        """The steps of a phrase; each way of writing one is made once."""
        tokens = phrase.split()
        for token in tokens:
            if token not in self.made:
                self.made[token] = self._step(token)
        return tuple(self.made[token] for token in tokens)

    def ends(self, pattern: Pattern, words: Sequence[str], start: int) -> set[int]:
        """Every place where a pattern that begins at `start` may end: none if it is not there."""
        places = {start}
        for step in pattern:
            places = self._after(step, words, places)
            if not places:
                break
        return places

    def _after(self, step: Step, words: Sequence[str], places: set[int]) -> set[int]:
        if step.gap:
            return {end for place in places for end in self._over(words, place, step)}
        on = {at + 1 for at in places if at < len(words) and step.holds(words[at])}
        for way in step.ways:
            on |= {end for at in places for end in self.ends(way, words, at)}
        return on | places if step.missing else on

    def _over(self, words: Sequence[str], place: int, step: Step) -> Iterator[int]:
        yield place
        for word in words[place : place + step.gap]:
            if word in self.turns or (step.inside and self._begun(words, place - 1)):
                return
            place += 1
            yield place

    def _begun(self, words: Sequence[str], at: int) -> bool:
        """Whether, read backwards, somebody begins a clause at this word."""
        return words[at] in self.starts and words[at + 1] not in self.joins

    def _step(self, token: str) -> Step:
        if token in GAPS:
            return Step(gap=GAPS[token])
        ways = list(self._plain(token.removeprefix("?")))
        single = [way for way in ways if " " not in way]
        return Step(
            frozenset(way for way in single if way[-1] != "*"),
            tuple(way[:-1] for way in single if way[-1] == "*"),
            tuple(self.pattern(way) for way in ways if " " in way),
            token[0] == "?",
        )

    def _plain(self, token: str) -> Iterator[str]:
        """Each way that a|b can be said: as it stands, b_c as two words, @name as its lines."""
        for way in token.split("|"):
            named = self.names[way[1:]] if way[0] == "@" else ()
            for line in [named] if isinstance(named, str) else named:
                yield from [line] if " " in line else self._plain(line)
            if way[0] != "@":
                yield way.replace("_", " ")


@dataclass(frozen=True, eq=False)
class Phrases:
    """Phrases, each of one part or more, by the words that a part needs and begins with."""

    language: Language
    phrases: Sequence[tuple[str, ...]]
    parts: Mapping[str, Pattern]

    def found(self, words: Sequence[str]) -> Iterator[Span]:
        """Where each phrase that is found begins, ends at the earliest and at the latest."""
        keys = [_keys(word) for word in words]
        some = self._needing.keys() & {*chain(*keys)}
        needed = {part for key in some for part in self._needing[key]}
        stands = {part: spans for part in needed if (spans := self._spans(part, words, keys))}
        for part in stands:
            for phrase in self._led[part]:
                if all(other in stands for other in phrase):
                    yield from reduce(together, [stands[other] for other in phrase])

    def _spans(self, part: str, words: Sequence[str], keys: Sequence[Keys]) -> Sequence[Span]:
        pattern, begins = self.parts[part], self._begins[part]
        starts = (at for at, some in enumerate(keys) if not begins.isdisjoint(some))
        ends = ((start, self.language.ends(pattern, words, start)) for start in starts)
        return [(start, min(some), max(some)) for start, some in ends if some]

    def words(self) -> set[str]:
        """Every whole word that the phrases know."""
        return set().union(*map(_words, self.parts.values()))

    @cached_property
    def _begins(self) -> Mapping[str, Set[str]]:
        return {part: _firsts(pattern) for part, pattern in self.parts.items()}

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
        places = {part: list(_places(pattern)) for part, pattern in self.parts.items()}
        common = Counter(chain.from_iterable(chain.from_iterable(places.values())))
        needing: dict[str, list[str]] = {}
        for part, ways in places.items():
            for key in min(ways, key=lambda some: sum(common[key] for key in some)):
                needing.setdefault(key, []).append(part)
        return needing


@lru_cache(maxsize=4096)
def _keys(word: str) -> Keys:
    """How phrases may know a word: as it is, by how it begins, as a number."""
    stems = (word[:end] + "*" for end in range(2, min(len(word), LONGEST_STEM) + 1))
    return (word, *stems, *(("#",) if word.isdigit() else ()))


def phrases(language: Language, listed: Iterable[str]) -> Phrases:
    """Phrases made ready to be found."""
    ready = [tuple(phrase.split(" + ")) for phrase in dict.fromkeys(listed)]
    return Phrases(language, ready, {part: language.pattern(part) for ps in ready for part in ps})


def _firsts(pattern: Pattern) -> set[str]:
    """Every word (or stem, with its *) that a pattern may begin with."""
    begins: set[str] = set()
    for step in pattern:
        begins |= step.words | {f"{stem}*" for stem in step.stems}
        begins = begins.union(*map(_firsts, step.ways))
        if not step.may_be_nothing():
            break
    return begins


def _places(pattern: Pattern) -> Iterator[Set[str]]:
    """What may stand at each place of a pattern that cannot be empty; if all can, what begins."""
    sure = [step for step in pattern if not step.may_be_nothing()]
    yield from (_firsts((step,)) for step in sure) if sure else (_firsts(pattern),)


def _words(pattern: Pattern) -> set[str]:
    inner = (_words(way) for step in pattern for way in step.ways)
    return {word for step in pattern for word in step.words}.union(*inner)
