"""What is known of cries: labelled sentences, how each pulls, and from where on a text is one.

Kernel ridge regression over the labelled sentences of `known.en.txt`, and what a recogniser wrote
down of some of them (`heard.en.txt`): each pulls by how near it lies and how alike it is worded.
All of them pull together by one matrix a layer (`forms`), so that a text is not compared with each:
twenty thousand cost no more than ten. The thresholds come from leaving each sentence out in turn
(see `learn`).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triage.meaning.encoder import layers, words
from triage.meaning.kept import kept
from triage.meaning.pieces import vocabulary
from triage.meaning.wording import Wording

# Two texts of the same meaning pull fully, unrelated ones by a fifth: this, and what the square of
# how alike they are leaves of the rest. A square, as that can be summed over all sentences before.
ANYWAY = 0.15
WORDED = 0.2  # what the same words count for, beside the same meaning


@dataclass(frozen=True)
class Known:
    """The labelled sentences as points, what they add to how near a text is to R1 and to R2, and
    the thresholds.

    `said`, `ends`: the sentences one behind the other, and where each ends. `tiers`: of each.
    `points`: by the last layer, 16 bits a number, to show which one a text sounds like. `forms`: a
    matrix for each layer, for R1 beside that for R2: a point of that layer times this times itself
    is what all sentences add. `anyway`: what they add to any text. `says`: what each piece and pair
    of pieces adds, by how the sentences are worded.
    `cry`: above which a text is one of each of `URGENT`. `life`: a text that is both is R1 where it
    is so much nearer to that. `calm`: below which a phrase of each of `URGENT` is calmed.
    `doubt`: below which one is that is often said of something else.
    """

    said: NDArray[np.uint8]
    ends: NDArray[np.int32]
    tiers: NDArray[np.str_]
    points: NDArray[np.float16]
    forms: NDArray[np.float32]
    anyway: NDArray[np.float32]
    wording: Wording
    says: NDArray[np.float32]
    cry: NDArray[np.float64]
    life: float
    calm: NDArray[np.float64]
    doubt: NDArray[np.float64]

    def sentence(self, at: int) -> str:
        """One of the sentences. They are asked for where one is shown, and lie in the file."""
        begin, end = self.ends[at : at + 2]
        return bytes(self.said[begin:end]).decode()


@cache
def load(language: str) -> Known | None:
    """What is known of a language; None where nobody has labelled sentences of it yet."""
    here = Path(__file__).parent
    path = here / f"known.{language}.npy"
    if not path.exists():
        return None
    (
        layers(),
        words(),
        vocabulary(),
    )  # here, before a process forks, and not while the first texter waits
    held = kept(path)
    return Known(
        held["said"],
        held["ends"],
        held["tiers"],
        held["points"],
        held["forms"],
        held["anyway"],
        Wording(held["words"], held["rare"]),
        held["says"],
        held["cry"],
        float(held["life"]),
        held["calm"],
        held["doubt"],
    )
