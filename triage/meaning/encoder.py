"""Texts -> points: texts that mean alike lie near each other. A small transformer.

The weights are the lower half of all-MiniLM-L6-v2 (Apache 2.0, see NOTICE), thinned and in small
whole numbers (`recipe.thin`, `recipe.pack`): the upper three layers, two thirds of the inner
numbers and what small numbers leave out found no more cries, and cost many times as much (pages 24,
26 and 37).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from threadpoolctl import threadpool_limits

from triage.meaning.kept import Numbers, kept
from triage.meaning.pieces import pieces

LAYERS_AT = Path(__file__).parent / "layers.onnx"
WORDS_AT = Path(__file__).parent / "words.npy"
LAYERS, SIZE = 3, 384
LONGEST = 126  # pieces: about a hundred words, more than one window of `known` has


def point(text: str) -> Numbers:
    """The point of a text, a row for each layer, of length 1 each: how alike two texts are is the
    product of their rows, 1 where both mean the same. What the lower layers see is nearer to the
    words themselves; all three together tell cries better than the last."""
    return _run("point", pieces(text, LONGEST))


def points(texts: Sequence[str]) -> Numbers:
    """The point of each text."""
    return np.array([point(text) for text in texts], np.float32).reshape(-1, LAYERS, SIZE)


def states(numbers: Sequence[int]) -> Numbers:
    """What each piece of a text means among the others, by the last layer: a row a piece.

    A text has `LONGEST` pieces and two marks at most.
    """
    return _run("states", numbers)


@cache
def layers() -> InferenceSession:
    """What is done with the pieces of a text, read once. It works on one core and keeps no threads,
    so that it can be read before a process forks; a text is too short to be shared out."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    return InferenceSession(str(LAYERS_AT), options, providers=["CPUExecutionProvider"])


@cache
def words() -> Mapping[str, Numbers]:
    """What each piece means by itself, in 8 bits with a scale, and what each place in a text adds.
    Of these ten megabytes a line uses few, so they are not read but mapped (`kept`).

    From then on numpy multiplies on one core in this process: a text is too short to be shared out,
    and the threads would only wait for each other, at five times the cost.
    """
    threadpool_limits(1, "blas")
    return kept(WORDS_AT)


def _run(wanted: str, numbers: Sequence[int]) -> Numbers:
    held, some = words(), np.array(numbers, np.intp)
    rows = held["words"][some] * held["scale"][some] + held["places"][: len(some)]
    found: Numbers = layers().run([wanted], {"rows": rows})[0]
    return found
