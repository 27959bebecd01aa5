"""How near a text comes to cries that people know, and which of them it sounds like. Pure.

Kernel ridge regression over the labelled sentences of `known.en.txt`, and what a recogniser wrote
down of some of them (`heard.en.txt`): each pulls by how near it lies and how alike it is worded.
The thresholds come from leaving each sentence out in turn (see `learn`). So the reason can be
shown: the nearest known sentence of that tier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from triage.meaning.encoder import points, weights
from triage.meaning.kept import Numbers, kept
from triage.meaning.labelled import examples
from triage.meaning.pieces import vocabulary
from triage.meaning.windows import windows
from triage.meaning.wording import Wording

ALARMS = ("R1", "R2")
# Two texts of the same meaning pull fully, unrelated ones by about an eighth of that.
NARROW = 1.0
WORDED = 0.4  # what the same words count for, beside the same meaning
FEWEST = 4  # "DELETE", "me", "stop all": so few words have no meaning of their own, only phrases
LIKELY = 12  # of the nearest known sentences, the one that is worded most alike is shown


@dataclass(frozen=True)
class Known:
    """The labelled sentences as points, what each adds to how near a text is to R1 and to R2, and
    the thresholds.

    `says`: what each piece and pair of pieces adds, by how the sentences are worded.
    `cry`: above which a text is one of each of `ALARMS`; `life`: it is R1 where it is so much
    nearer to that than to R2. `calm`: below which a phrase of each of `ALARMS` is calmed.
    """

    sentences: tuple[str, ...]
    tiers: NDArray[np.str_]
    points: NDArray[np.float32]
    pulls: NDArray[np.float32]
    wording: Wording
    says: NDArray[np.float32]
    cry: NDArray[np.float64]
    life: float
    calm: NDArray[np.float64]


@dataclass(frozen=True)
class Near:
    """R1 or R2 and the known sentence that decided, or neither.

    `calm`: the tiers that nothing in the text comes near; a phrase of those sets off no alarm.
    Between near and calm lies what the meaning cannot tell: there the phrases decide alone.
    """

    tier: str | None
    like: str = ""
    calm: tuple[str, ...] = ()


class Weight(NamedTuple):
    """A window of a text: how near it is to each of `ALARMS`, and to each known sentence."""

    window: str
    near: NDArray[np.float32]
    pull: NDArray[np.float32]


@cache
def load(language: str) -> Known | None:
    """What is known of a language; None where nobody has labelled sentences of it yet."""
    here = Path(__file__).parent
    path = here / f"known.{language}.npy"
    if not path.exists():
        return None
    weights(), vocabulary()  # here, before a process forks, and not while the first texter waits
    held = kept(path)
    tiers, _, means = zip(*examples(here, language), strict=True)
    return Known(
        means,
        np.array(tiers),
        held["points"],
        held["pulls"],
        Wording(held["words"], held["rare"]),
        held["says"],
        held["cry"],
        float(held["life"]),
        held["calm"],
    )


def near(known: Known, text: str) -> Near:
    """What the most urgent window of a text sounds like. A few words sound like nothing."""
    said = [window for window in windows(text) if len(window.split()) >= FEWEST]
    weighed = list(_weighed(known, said))
    cries = [weight for weight in weighed if (weight.near > known.cry).any()]
    if not cries:
        calm = np.all([weight.near < known.calm for weight in weighed], axis=0)
        return Near(None, calm=tuple(compress(ALARMS, calm)) if weighed else ())
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
