"""Which cries a text comes near to, and which known sentence it sounds like. Pure.

It is read in windows (`telling`); each is weighed by how near in meaning it lies to all known
sentences and how alike it is worded. The reason that is shown is the nearest one of that tier.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from tiers import URGENT
from triage.meaning.encoder import SIZE, point, points
from triage.meaning.kept import Numbers
from triage.meaning.known import WORDED, Known
from triage.meaning.windows import telling

# Of 128 everyday texts in other languages 5 have so many familiar words. Of 10,534 known cries of
# four words or more, street talk and slips of the pen among them, one has not (`tests/triage`).
READ = 0.6
LIKELY = 12  # of the nearest known sentences, the one that is worded most alike is shown


@dataclass(frozen=True)
class Near:
    """R1 or R2 and the window that decided, or neither.

    `calm`: the tiers that nothing in the text comes near; a phrase of those sets off no alarm.
    `doubted`: those and the tiers that nothing comes quite near; a doubtful phrase of those does
    not. Between near and these lies what the meaning cannot tell: there the phrases decide alone.
    """

    tier: str | None
    window: str = ""
    calm: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


def near(known: Known, text: str) -> Near:
    """What the most urgent window of a text sounds like. A few words sound like nothing, and so do
    words of another language: by their pieces they lie near whatever is spelt oddly."""
    told = telling(text)
    said = [window for window in told if known.wording.familiar(window) >= READ]
    if not said:
        return Near(None)
    weighed = list(zip(said, weights(known, said), strict=True))
    cries = [weight for weight in weighed if (weight[1] > known.cry).any()]
    if not cries and len(said) < len(told):  # nobody knows what the rest means: phrases stand
        return Near(None)
    if not cries:
        return Near(None, calm=_far(weighed, known.calm), doubted=_far(weighed, known.doubt))
    window, worst = max(cries, key=lambda one: (_life(known, one[1]), max(one[1] - known.cry)))
    return Near(URGENT[0 if _life(known, worst) else 1], window)


def like(known: Known, window: str, tier: str) -> str:
    """The known sentence of that tier that lies nearest in meaning and words. By meaning alone it
    is often an odd one that lies near to everything."""
    pull = np.square(known.points.astype(np.float32) @ point(window)[-1])
    said = dict(zip(*known.wording.of(window), strict=True))

    def alike(at: int) -> float:
        own = zip(*known.wording.of(known.sentence(at)), strict=True)
        return float(pull[at] + WORDED * sum(much * said.get(gram, 0) for gram, much in own))

    some = np.where(known.tiers == tier, pull, 0).argsort()[-LIKELY:]
    return known.sentence(max(map(int, some), key=alike))


def weights(known: Known, said: Sequence[str]) -> Numbers:
    """How near each window is to each of `URGENT`; a row a window."""
    meant = known.anyway + meaning(points(said), known.forms)
    return np.array(
        [near + _worded(known, window) for near, window in zip(meant, said, strict=True)]
    ).reshape(-1, len(URGENT))


def meaning(points: Numbers, forms: Numbers) -> Numbers:
    """What all known sentences add to each text by what it means: for each layer its point, times
    the layer's matrix, times its point."""
    each = points.transpose(1, 0, 2)
    told = (each @ forms).reshape(*each.shape[:2], len(URGENT), SIZE)
    added: Numbers = (told * each[:, :, None]).sum((0, 3))
    return added


def _worded(known: Known, window: str) -> Numbers:
    at, worded = known.wording.of(window)
    says: Numbers = worded @ known.says[at]
    return says


def _far(weighed: Sequence[tuple[str, Numbers]], limits: NDArray[np.float64]) -> tuple[str, ...]:
    """The tiers that every window of a text is farther from than that."""
    return tuple(compress(URGENT, np.all([weight < limits for _, weight in weighed], axis=0)))


def _life(known: Known, weight: Numbers) -> bool:
    """Whether it is near R1 itself, and not clearly nearer to R2."""
    return bool(weight[0] > known.cry[0] and weight[0] - weight[1] > known.life)
