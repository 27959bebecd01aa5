"""The steps of a phrase, and how far they reach along the words of a sentence. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from triage.urgency_said import Words

ANY = ""
GAPS = {"..": 2, "...": 6, "....": 12}  # how many words each steps over, at most

Pattern = tuple["Step", ...]


@dataclass(frozen=True, eq=False)
class Step:
    """One place of a phrase: the words that may stand there, and the longer ways to say it."""

    single: frozenset[str] = frozenset()  # a stem has its *
    ways: tuple[Pattern, ...] = ()
    missing: bool = False
    gap: int = 0
    inside: bool = False  # read backwards, the gap goes no farther than where the clause begins

    @cached_property
    def led(self) -> Mapping[str, Sequence[Pattern]]:
        """The longer ways, by each word (or stem) that they may begin with; "" is any or none."""
        led: dict[str, list[Pattern]] = {ANY: []}
        for way in self.ways:
            for first in {ANY} if _open(way) else firsts(way):
                led.setdefault(first, []).append(way)
        return led

    @cached_property
    def short(self) -> bool:
        """Whether it is one word, or none."""
        return not self.ways and not self.gap

    @cached_property
    def optional(self) -> bool:
        """Whether it may be left out, as a name for what may all be missing may be."""
        return self.missing or self.gap > 0 or any(map(empty, self.ways))


def firsts(pattern: Pattern) -> set[str]:
    """Every word (or stem, with its *) that a pattern may begin with."""
    begins: set[str] = set()
    for step in pattern:
        begins |= step.single
        begins = begins.union(*map(firsts, step.ways))
        if not step.optional:
            break
    return begins


def empty(pattern: Pattern) -> bool:
    """Whether nothing at all fits a pattern."""
    return all(step.optional for step in pattern)


def _open(pattern: Pattern) -> bool:
    """Whether any word may come first, stepped over by a gap, or none."""
    return empty(pattern) or any(step.gap for step in takewhile(lambda s: s.optional, pattern))


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

    def ends(self, pattern: Pattern, words: Words, places: int) -> int:
        """Every place where a pattern that begins at any of these may end: 0 if it is not there.

        Places are bits (`Words`).
        """
        for step in pattern:
            places = self._after(step, words, places)
            if not places:
                break
        return places

    def _after(self, step: Step, words: Words, places: int) -> int:
        """Where a step may end that begins there; worked out once for all phrases that have it."""
        if step.short:
            on = (places & words.where[step.single]) << 1
            return on | places if step.missing else on
        if (found := words.reached.get((step, places))) is None:
            found = words.reached[step, places] = self._reach(step, words, places)
        return found

    def _reach(self, step: Step, words: Words, places: int) -> int:
        on = (places & words.where[step.single]) << 1
        if step.gap:
            on |= self._over(words, places, step)
        elif step.missing:
            on |= places
        for begins, way in self._led(step, words):
            if places & begins:
                on |= self.ends(way, words, places & begins)
        return on

    def _led(self, step: Step, words: Words) -> Sequence[tuple[int, Pattern]]:
        """The longer ways of a step that may stand in a sentence, and where each may begin."""
        if step not in words.led:
            keys = (ANY, *(step.led.keys() & words.stand.keys()))
            words.led[step] = [(words.stand.get(k, -1), way) for k in keys for way in step.led[k]]
        return words.led[step]

    def _over(self, words: Words, places: int, step: Step) -> int:
        stops = words.where[self.turns] | (self._begun(words) if step.inside else 0)
        free = (1 << len(words)) - 1 & ~stops
        on = places
        for _ in range(step.gap):
            places = (places & free) << 1
            on |= places
        return on

    def _begun(self, words: Words) -> int:
        """The words before which, read backwards, somebody begins a clause."""
        return words.where[self.starts] << 1 & ~words.where[self.joins]

    def _step(self, token: str) -> Step:
        if token in GAPS:
            return Step(gap=GAPS[token])
        ways = list(self._plain(token.removeprefix("?")))
        return Step(
            frozenset(way for way in ways if " " not in way),
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
