"""What is known of cries: labelled sentences, how each pulls, and from where on a text is one.

Kernel ridge regression over the labelled sentences of `known.en.txt`, and what a recogniser wrote
down of some of them (`heard.en.txt`): each pulls by how near it lies and how alike it is worded.
The thresholds come from leaving each sentence out in turn (see `learn`).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triage.meaning.encoder import weights
from triage.meaning.kept import kept
from triage.meaning.labelled import examples
from triage.meaning.pieces import vocabulary
from triage.meaning.wording import Wording

ALARMS = ("R1", "R2")
# Two texts of the same meaning pull fully, unrelated ones by about an eighth of that.
NARROW = 1.0
WORDED = 0.4  # what the same words count for, beside the same meaning


@dataclass(frozen=True)
class Known:
    """The labelled sentences as points, what each adds to how near a text is to R1 and to R2, and
    the thresholds.

    `says`: what each piece and pair of pieces adds, by how the sentences are worded.
    `cry`: above which a text is one of each of `ALARMS`; `life`: it is R1 where it is so much
    nearer to that than to R2. `calm`: below which a phrase of each of `ALARMS` is calmed.
    `doubt`: below which one is that is often said of something else.
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
    doubt: NDArray[np.float64]


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
        held["doubt"],
    )
