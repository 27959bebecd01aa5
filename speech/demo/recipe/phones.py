"""The phones and their numbers, and the ways through one utterance that training allows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Lexicon = dict[str, list[list[str]]]
SILENCE, NOISE = 0, 1  # SIL and SPN (any unknown word), the first two base phones
START = -1  # as a predecessor: nothing was before


@dataclass(frozen=True)
class Phones:
    """Base phones are what the network tells apart; `placed` carries the place in the word."""

    base: list[str]
    placed: list[str]  # <eps>, SIL, SPN, then each base phone as _B, _E, _I and _S
    base_of: list[int]  # for each placed phone

    @classmethod
    def of(cls, lexicon: Lexicon) -> "Phones":
        found = {phone for ways in lexicon.values() for way in ways for phone in way} - {"SPN"}
        base = ["SIL", "SPN", *sorted(found)]
        named = [(f"{name}_{place}", at) for at, name in enumerate(base[2:], 2) for place in "BEIS"]
        placed = ["<eps>", "SIL", "SPN", *(name for name, _ in named)]
        return cls(base, placed, [-1, SILENCE, NOISE, *(at for _, at in named)])

    def in_word(self, way: list[str]) -> list[int]:
        """The placed phones of one pronunciation."""
        if way == ["SPN"]:
            return [self.placed.index("SPN")]
        last = len(way) - 1
        places = ["S"] if not last else ["B", *"I" * (last - 1), "E"]
        return [
            self.placed.index(f"{name}_{place}") for name, place in zip(way, places, strict=True)
        ]


@dataclass(frozen=True)
class Paths:
    """Every way to say an utterance: a graph of states, in an order that time respects."""

    kind: npt.NDArray[np.int64]  # of each state: base phone times states per phone, plus which
    first: npt.NDArray[np.int32]  # where each state's predecessors begin in `before`; one more
    before: npt.NDArray[np.int32]  # predecessors, START among them; a state also follows itself
    final: npt.NDArray[np.bool_]


def paths(words: list[str], lexicon: Lexicon, phones: Phones, states: int) -> Paths:
    """All pronunciations of the words, silence allowed between, each phone of so many states."""
    number = {name: at for at, name in enumerate(phones.base)}
    nodes: list[tuple[int, list[int]]] = [(SILENCE, [START])]
    ends = [START, 0]
    for word in words:
        said = []
        for way in lexicon[word]:
            before = ends
            for name in way:
                nodes.append((number[name], before))
                before = [len(nodes) - 1]
            said += before
        nodes.append((SILENCE, said))
        ends = [*said, len(nodes) - 1]
    return _spread(nodes, set(ends), states)


def _spread(nodes: list[tuple[int, list[int]]], ends: set[int], states: int) -> Paths:
    kind, before = [], []
    for node, (phone, earlier) in enumerate(nodes):
        entered = [at * states + states - 1 if at != START else START for at in earlier]
        for state in range(states):
            kind.append(phone * states + state)
            before.append([node * states + state - 1] if state else entered)
    final = [
        node in ends and at == states - 1 for node in range(len(nodes)) for at in range(states)
    ]
    first = np.cumsum([0, *map(len, before)]).astype(np.int32)
    flat = np.array([at for each in before for at in each], np.int32)
    return Paths(np.array(kind), first, flat, np.array(final))
