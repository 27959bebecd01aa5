"""How much a word reads like somebody's name where it stands: "they left grace", "by the grace".

No list can tell. The encoder that reads for urgent words (`triage.meaning`) turns each word, among
its neighbours, into a point; a small net, learnt by `recipe.learn` from the labelled sentences,
says on which side of names it lies. Only words in doubt are asked about.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from triage.meaning.encoder import LONGEST, states
from triage.meaning.kept import Numbers
from triage.meaning.pieces import cut, vocabulary
from triage.redaction.plain import Piece

WEIGHTS = Path(__file__).parent / "reading.npz"
STEP, BESIDE = 24, 10  # words that are read at a time, and words on each side that they see
MOST = 8  # pieces of one word: what has more is no name
BOLD = 1.0  # added to each score: of the two faults, a name that leaves is the worse
SIGNS = ".,!?:;()-"


class Reading:
    """A text, read where it is asked about."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._read: dict[int, Numbers] = {}

    def score(self, at: int) -> float:
        """Above 0: rather a name."""
        step = at // STEP
        if step not in self._read:
            start = max(0, step * STEP - BESIDE)
            found = np.full(len(self._pieces) + STEP, -np.inf, np.float32)[: STEP + 2 * BESIDE]
            near = words(self._pieces[start : (step + 1) * STEP + BESIDE])
            found[: len(near)] = scores(near, learnt())
            self._read[step] = found[step * STEP - start :]
        return float(self._read[step][at - step * STEP])


def words(pieces: Sequence[Piece]) -> Numbers:
    """The point of each word, of the one before and of the one after; of fewer where too long."""
    known = vocabulary()
    numbers: list[int] = []
    spans = []
    for piece in pieces:
        sign = piece.gap.strip()[:1]
        numbers += [known[sign]] if sign and sign in SIGNS else []
        start = len(numbers)
        numbers += cut(piece.stem or piece.plain)[:MOST]
        if len(numbers) > LONGEST:
            break
        spans.append((start + 1, len(numbers) + 1))
        numbers += cut("'") + cut("s") if piece.stem != piece.plain else []
    flow = states([known["[CLS]"], *numbers[:LONGEST], known["[SEP]"]])
    points = np.array([flow[start:end].mean(0) for start, end in spans], np.float32)
    none = np.zeros((1, points.shape[1]), np.float32)
    before, after = np.concatenate([none, points[:-1]]), np.concatenate([points[1:], none])
    return np.concatenate([points, before, after], 1)


def scores(points: Numbers, net: Mapping[str, Numbers]) -> Numbers:
    """How far each point lies on the side of names: one layer of `wide`, summed up by `narrow`."""
    seen = np.maximum(points @ net["wide"] + net["wide.bias"], 0)
    found: Numbers = seen @ net["narrow"] + net["bias"] + BOLD
    return found


@cache
def learnt() -> Mapping[str, Numbers]:
    """What `recipe.learn` wrote."""
    with np.load(WEIGHTS) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}
