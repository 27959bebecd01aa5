"""Makes `known.en.npy` from the labelled sentences: `python -m triage.meaning.learn`.

Add sentences to `known.en.txt` (tier, a tab, the sentence), run this, and look at what it prints:
figures of sentences that were each left out in turn. For 35,300 it took 17 minutes of one core,
and 12 GB of memory.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from os import cpu_count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from triage.meaning.encoder import LAYERS, points
from triage.meaning.kept import Numbers, keep
from triage.meaning.known import ANYWAY, WORDED
from triage.meaning.labelled import examples
from triage.meaning.left_out import report, solved, thresholds, together
from triage.meaning.wording import wording

HERE = Path(__file__).parent
MANY = 100  # sentences
AT_ONCE = 4096
Says = tuple[NDArray[np.int64], NDArray[np.float32]]  # pieces and pairs, and what each says


def learn(folder: Path, language: str) -> dict[str, Any]:
    """What `known.load` reads, from the labelled sentences of a language."""
    some = list(examples(folder, language))
    of = np.array([example.tier for example in some])
    rows = points([example.said for example in some])
    threadpool_limits(cpu_count(), "blas")  # texts are read on one core; learning has all
    words = wording(example.said for example in some)
    worded = [words.of(example.said) for example in some]
    groups = list(together(some))
    pulls, left_out = solved(kernel(rows, alike(worded, len(words.known))), of, groups)
    limits = thresholds(left_out, of, groups)
    report(left_out, of, limits)
    return {
        **one_behind_the_other(example.means for example in some),
        "tiers": of,
        "points": rows[:, -1].astype(np.float16),
        "forms": forms(rows, pulls),
        "anyway": (ANYWAY * pulls.sum(0)).astype(np.float32),
        "words": words.known,
        "rare": words.rare,
        "says": WORDED * added(worded, pulls, len(words.known)),
        **{name: np.array(limit) for name, limit in limits.items()},
        "sha256": np.array(checksum(folder, language)),
    }


def checksum(folder: Path, language: str) -> str:
    """Of the sentences that it was learnt from."""
    lines = ("\t".join(example) for example in examples(folder, language))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def one_behind_the_other(means: Iterable[str]) -> dict[str, Numbers]:
    """The sentences as one row of letters, and where each begins and ends."""
    each = [mean.encode() for mean in means]
    return {
        "said": np.frombuffer(b"".join(each), np.uint8),
        "ends": np.cumsum([0, *map(len, each)], dtype=np.int32),
    }


def alike(worded: Sequence[Says], many: int) -> Numbers:
    """How much each two sentences are worded alike, of so many known pieces and pairs. Those that
    stand in many sentences are multiplied; the others, nearly all, are added where they stand."""
    row = np.repeat(np.arange(len(worded)), [len(at) for at, _ in worded])
    at, says = (np.concatenate(parts) for parts in zip(*worded, strict=True))
    stands = np.bincount(at, minlength=many)
    often = np.flatnonzero(stands > MANY)
    here = stands[at] > MANY
    common = np.zeros((len(worded), len(often)), np.float32)
    common[row[here], np.searchsorted(often, at[here])] = says[here]
    found = np.empty((len(worded), len(worded)))
    for some, times in crossed(common):
        found[some] = times
    order = np.flatnonzero(~here)[at[~here].argsort(kind="stable")]
    for same in np.split(order, np.flatnonzero(np.diff(at[order])) + 1):
        found[np.ix_(row[same], row[same])] += np.outer(says[same], says[same])
    return found


def added(worded: Sequence[Says], pulls: Numbers, many: int) -> Numbers:
    """What each known piece and pair adds to how near a text is, by all sentences it stands in."""
    says = np.zeros((many, pulls.shape[1]), np.float32)
    for (at, much), pull in zip(worded, pulls.astype(np.float32), strict=True):
        says[at] += np.outer(much, pull)
    return says


def kernel(rows: Numbers, worded: Numbers) -> Numbers:
    """How much each sentence pulls at each other: by what both mean, and by how they are worded.
    It takes the place of `worded`: two of them are more than most machines hold."""
    worded *= WORDED
    worded += ANYWAY
    for layer in rows.transpose(1, 0, 2):
        for some, times in crossed(layer):
            worded[some] += np.square(times) * ((1 - ANYWAY) / LAYERS)
    return worded


def crossed(rows: Numbers) -> Iterator[tuple[slice, Numbers]]:
    """Some rows times each row, and which. OpenBLAS dies of 30,000 times themselves."""
    for start in range(0, len(rows), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        yield some, rows[some] @ rows.T


def forms(rows: Numbers, pulls: Numbers) -> Numbers:
    """What all sentences pull together, by the same kernel: a matrix a layer, R1's beside R2's."""
    much = ((1 - ANYWAY) / LAYERS * pulls).astype(np.float32)
    layers = rows.transpose(1, 0, 2)
    return np.array(
        [np.hstack([layer.T @ (layer * own[:, None]) for own in much.T]) for layer in layers]
    )


if __name__ == "__main__":
    for language in sys.argv[1:] or ["en"]:
        keep(HERE / f"known.{language}.npy", learn(HERE, language))
