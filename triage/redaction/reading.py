"""How much a word reads like somebody's name where it stands: "they left grace", "by the grace".

No list can tell. The encoder that reads for urgent words (`triage.meaning`) turns each word, among
its neighbours, into a point; a small net, learnt by `recipe.learn` from the labelled sentences,
sees it with those of both neighbours and with what the lists say of two words on each side
(`facts`), and says on which side of names it lies. Only words in doubt are asked about.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from triage.meaning.encoder import LONGEST, states
from triage.meaning.kept import Numbers
from triage.meaning.pieces import cut, vocabulary
from triage.redaction.facts import beside, facts
from triage.redaction.levels import Level
from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

WEIGHTS = Path(__file__).parent / "reading.npz"
STEP, BESIDE = 24, 10  # words that are read at a time, and words on each side that they see
MOST = 8  # pieces of one word: what has more is no name
SIGNS = ".,!?:;()-"
POINTS, FACTS = (0, -1, 1), (0, 1, -1, 2, -2)  # of which neighbours each is seen


class Reading:
    """A text, read where it is asked about."""

    def __init__(self, rules: Rules, pieces: Sequence[Piece], levels: Sequence[Level]) -> None:
        self._rules, self._pieces, self._levels = rules, pieces, levels
        self._read: dict[int, Numbers] = {}

    def score(self, at: int) -> float:
        """Above 0: rather a name."""
        step = at // STEP
        if step not in self._read:
            start = max(0, step * STEP - BESIDE)
            some = slice(start, (step + 1) * STEP + BESIDE)
            found = np.full(len(self._pieces) + STEP, -np.inf, np.float32)[: STEP + 2 * BESIDE]
            near = seen(self._rules, self._pieces[some], self._levels[some])
            found[: len(near)] = scores(near, learnt())
            self._read[step] = found[step * STEP - start :]
        return float(self._read[step][at - step * STEP])


def seen(rules: Rules, pieces: Sequence[Piece], levels: Sequence[Level]) -> Numbers:
    """What the net sees of each word; of fewer where they are too long."""
    points = _points(pieces)
    told = facts(rules, pieces, levels)[: len(points)]
    return np.concatenate([beside(points, POINTS), beside(told, FACTS)], 1)


def _points(pieces: Sequence[Piece]) -> Numbers:
    """The point of each word among the others."""
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
        numbers += cut("'") + cut("s") if piece.stem != piece.plain else ()
    flow = states([known["[CLS]"], *numbers[:LONGEST], known["[SEP]"]])
    return np.array([flow[start:end].mean(0) for start, end in spans], np.float32)


def scores(points: Numbers, net: Mapping[str, Numbers]) -> Numbers:
    """How far each point lies on the side of names: one layer of `wide`, summed up by `narrow`."""
    seen = np.maximum(points @ net["wide"] + net["wide.bias"], 0)
    found: Numbers = seen @ net["narrow"] + net["bias"]
    return found


@cache
def learnt() -> Mapping[str, Numbers]:
    """What `recipe.learn` wrote."""
    with np.load(WEIGHTS) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}
