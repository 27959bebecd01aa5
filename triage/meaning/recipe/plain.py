"""The encoder in plain numbers, layer by layer, as `thin` has to look into it.

What `pack` makes of these weights gives the same points, but for what small numbers leave out.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from triage.meaning.encoder import SIZE
from triage.meaning.kept import Numbers, kept

HEADS = 12


class Plain:
    """The encoder with the weights of a file that `kept.keep` wrote."""

    def __init__(self, path: Path) -> None:
        self.held = kept(path)

    def started(self, texts: Sequence[Sequence[int]]) -> Numbers:
        """What each piece means by itself, and where it stands in its text."""
        numbers = np.concatenate(texts).astype(np.intp)
        rows = self.held["words"][numbers] * self.held["words.scale"][numbers]
        places = np.concatenate([self.held["places"][: len(text)] for text in texts])
        return self._level(rows + places + self.held["kind"], "start")

    def layer(self, flow: Numbers, ends: Numbers, number: int) -> Numbers:
        """Each piece as one layer hands it on."""
        flow = self.attended(flow, ends, number)
        told = flow + self._through(self.widened(flow, number), f"{number}.narrow")
        return self._level(told, f"{number}.narrow")

    def attended(self, flow: Numbers, ends: Numbers, number: int) -> Numbers:
        """Each piece with what it has seen of every other of its text, in twelve ways at once."""
        name = f"{number}.attention"
        asked, held, told = (
            self._through(flow, f"{name}.{part}") for part in ("query", "key", "value")
        )
        seen = np.empty_like(flow)
        for begin, end in pairwise(ends):
            ask, hold, tell = (_heads(part[begin:end]) for part in (asked, held, told))
            looks = ask @ hold.transpose(0, 2, 1) * np.float32((HEADS / SIZE) ** 0.5)
            looks = np.exp(looks - looks.max(-1, keepdims=True))
            told_on = looks / looks.sum(-1, keepdims=True) @ tell
            seen[begin:end] = told_on.transpose(1, 0, 2).reshape(end - begin, SIZE)
        return self._level(flow + self._through(seen, f"{name}.out"), name)

    def widened(self, flow: Numbers, number: int) -> Numbers:
        """The inner numbers of each piece."""
        wide = self._through(flow, f"{number}.wide")
        inner = np.float32(0.7978845608) * (wide + np.float32(0.044715) * wide**3)
        return np.float32(0.5) * wide * (1 + np.tanh(inner))  # gelu, by its tanh form

    def _through(self, flow: Numbers, name: str) -> Numbers:
        through: Numbers = flow @ self.held[f"{name}.weight"] + self.held[f"{name}.bias"]
        return through

    def _level(self, flow: Numbers, name: str) -> Numbers:
        apart = flow - flow.mean(-1, keepdims=True)
        apart /= np.sqrt(np.square(apart).mean(-1, keepdims=True) + np.float32(1e-12))
        level: Numbers = apart * self.held[f"{name}.level.weight"]
        return level + self.held[f"{name}.level.bias"]


def ends(texts: Sequence[Sequence[int]]) -> Numbers:
    """Where each text begins among all pieces, and where the last one ends."""
    return np.cumsum([0, *map(len, texts)])


def _heads(part: Numbers) -> Numbers:
    heads: Numbers = part.reshape(len(part), HEADS, -1).transpose(1, 0, 2)
    return heads
