"""Texts -> points: texts that mean alike lie near each other. A small transformer, in numpy.

The weights are the lower half of all-MiniLM-L6-v2 (Apache 2.0, see NOTICE), thinned: the upper
three layers and two thirds of the inner numbers (`recipe.thin`) found no more cries, and cost more
than twice as much again. The words' rows stay in 8 bits with their scale. They are used where they
lie on the disk (`kept`), and nothing has to be made of them first.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from triage.meaning.kept import Numbers, kept
from triage.meaning.pieces import pieces

WEIGHTS = Path(__file__).parent / "encoder.npy"
LAYERS, HEADS, SIZE = 3, 12, 384
LONGEST = 126  # pieces: about a hundred words, more than one window of `known` has


def point(text: str) -> Numbers:
    """The point of a text, of length 1: its product with another is 1 where both mean the same."""
    one: Numbers = points([text])[0]
    return one


def points(texts: Sequence[str]) -> Numbers:
    """The point of each text, a row each: the mean of its pieces."""
    each = [pieces(text, LONGEST) for text in texts]
    begin = ends(each)
    means = np.add.reduceat(states(*each), begin[:-1]) / np.diff(begin)[:, None]
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)


def states(*texts: Sequence[int]) -> Numbers:
    """The point of each piece among the others of its text, one text after the other.

    A text has `LONGEST` pieces and two marks at most. What takes long is done for all at once.
    """
    flow, places = started(texts), ends(texts)
    for number in range(LAYERS):
        flow = layer(flow, places, number)
    return flow


def started(texts: Sequence[Sequence[int]]) -> Numbers:
    """What each piece means by itself, and where it stands in its text."""
    held = weights()
    numbers = np.concatenate(texts).astype(np.intp)
    rows = held["words"][numbers] * held["words.scale"][numbers]
    places = np.concatenate([held["places"][: len(text)] for text in texts])
    return _level(rows + places + held["kind"], "start")


def layer(flow: Numbers, ends: Numbers, number: int) -> Numbers:
    """Each piece as one layer hands it on."""
    flow = attended(flow, ends, number)
    return _level(flow + _through(widened(flow, number), f"{number}.narrow"), f"{number}.narrow")


def attended(flow: Numbers, ends: Numbers, number: int) -> Numbers:
    """Each piece with what it has seen of every other of its text, in twelve ways at once."""
    name = f"{number}.attention"
    asked, held, told = (_through(flow, f"{name}.{part}") for part in ("query", "key", "value"))
    seen = np.empty_like(flow)
    for begin, end in pairwise(ends):
        ask, hold, tell = (_heads(part[begin:end]) for part in (asked, held, told))
        looks = ask @ hold.transpose(0, 2, 1) * np.float32((HEADS / SIZE) ** 0.5)
        looks = np.exp(looks - looks.max(-1, keepdims=True))
        told_on = looks / looks.sum(-1, keepdims=True) @ tell
        seen[begin:end] = told_on.transpose(1, 0, 2).reshape(end - begin, SIZE)
    return _level(flow + _through(seen, f"{name}.out"), name)


def widened(flow: Numbers, number: int) -> Numbers:
    """The inner numbers of each piece."""
    return _gated(_through(flow, f"{number}.wide"))


def ends(texts: Sequence[Sequence[int]]) -> Numbers:
    """Where each text begins among all pieces, and where the last one ends."""
    return np.cumsum([0, *map(len, texts)])


@cache
def weights() -> Mapping[str, Numbers]:
    """Every matrix by its name, ready to multiply by; the words' rows in 8 bits with their scale.

    From then on this process multiplies on one core: a text is too short to be shared out, and
    the threads would only wait for each other, at five times the cost.
    """
    threadpool_limits(1, "blas")
    return kept(WEIGHTS)


def _through(flow: Numbers, name: str) -> Numbers:
    through: Numbers = flow @ weights()[f"{name}.weight"]
    through += weights()[f"{name}.bias"]
    return through


def _heads(part: Numbers) -> Numbers:
    heads: Numbers = part.reshape(len(part), HEADS, -1).transpose(1, 0, 2)
    return heads


def _level(flow: Numbers, name: str) -> Numbers:
    held = weights()
    apart: Numbers = flow - flow.mean(-1, keepdims=True)
    spread = np.sqrt(np.square(apart).mean(-1, keepdims=True) + np.float32(1e-12))
    apart /= spread
    apart *= held[f"{name}.level.weight"]
    apart += held[f"{name}.level.bias"]
    return apart


def _gated(flow: Numbers) -> Numbers:
    """Each number by how far it is above nothing: gelu, by its tanh form."""
    gate = np.square(flow)
    gate *= np.float32(0.035677408136)
    gate += np.float32(0.7978845608)
    gate *= flow
    np.tanh(gate, out=gate)
    gate += 1
    gate *= flow
    gate *= np.float32(0.5)
    return gate
