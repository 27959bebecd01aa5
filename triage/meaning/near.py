"""Which cries a text comes near to, and which known sentence it sounds like. Pure.

It is read in windows (`windows`); each is weighed by how near in meaning it lies to every known
sentence and how alike it is worded. So the reason can be shown: the nearest one of that tier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from triage.meaning.encoder import points
from triage.meaning.kept import Numbers
from triage.meaning.known import ALARMS, NARROW, WORDED, Known
from triage.meaning.windows import windows

FEWEST = 4  # "DELETE", "me", "stop all": so few words have no meaning of their own, only phrases
LIKELY = 12  # of the nearest known sentences, the one that is worded most alike is shown


@dataclass(frozen=True)
class Near:
    """R1 or R2 and the known sentence that decided, or neither.

    `calm`: the tiers that nothing in the text comes near; a phrase of those sets off no alarm.
    `doubted`: those and the tiers that nothing comes quite near; a doubtful phrase of those does
    not. Between near and these lies what the meaning cannot tell: there the phrases decide alone.
    """

    tier: str | None
    like: str = ""
    calm: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


class Weight(NamedTuple):
    """A window of a text: how near it is to each of `ALARMS`, and to each known sentence."""

    window: str
    near: NDArray[np.float32]
    pull: NDArray[np.float32]


def near(known: Known, text: str) -> Near:
    """What the most urgent window of a text sounds like. A few words sound like nothing."""
    said = [window for window in windows(text) if len(window.split()) >= FEWEST]
    weighed = list(_weighed(known, said))
    cries = [weight for weight in weighed if (weight.near > known.cry).any()]
    if not cries:
        return Near(None, calm=_far(weighed, known.calm), doubted=_far(weighed, known.doubt))
    worst = max(cries, key=lambda weight: (_life(known, weight), max(weight.near - known.cry)))
    tier = ALARMS[0 if _life(known, worst) else 1]
    return Near(tier, known.sentences[_like(known, worst, tier)])


def _alike(known: Known, said: Sequence[str]) -> Numbers:
    """How much each window means what each known sentence does: 1 is the same.

    This way round the many rows are not copied first, which took twice as long as all the rest.
    """
    alike: Numbers = (known.points @ points(said).T).T
    return alike


def _weighed(known: Known, said: Sequence[str]) -> Iterator[Weight]:
    """How near each window is to cries, and to each known sentence."""
    if said:
        pulls = np.exp(2 * NARROW * (_alike(known, said) - 1))
        for window, pull, meant in zip(said, pulls, pulls @ known.pulls, strict=True):
            at, worded = known.wording.of(window)
            yield Weight(window, meant + worded @ known.says[at], pull)


def _far(weighed: Sequence[Weight], limits: NDArray[np.float64]) -> tuple[str, ...]:
    """The tiers that every window of a text is farther from than that; none where it has none."""
    far = np.all([weight.near < limits for weight in weighed], axis=0)
    return tuple(compress(ALARMS, far)) if weighed else ()


def _life(known: Known, weight: Weight) -> bool:
    return float(weight.near[0] - weight.near[1]) > known.life


def _like(known: Known, weight: Weight, tier: str) -> int:
    """The place of the known sentence of that tier that lies nearest in meaning and words. The one
    that pulls most is often an odd one that pulls at everything."""
    near = np.where(known.tiers == tier, weight.pull, 0).argsort()[-LIKELY:]
    said = dict(zip(*known.wording.of(weight.window), strict=True))

    def alike(at: int) -> float:
        own = zip(*known.wording.of(known.sentences[at]), strict=True)
        return float(weight.pull[at] + WORDED * sum(much * said.get(gram, 0) for gram, much in own))

    return max(map(int, near), key=alike)
