"""Makes `known.en.npy` from the labelled sentences: `python -m triage.meaning.learn`.

Add sentences to `known.en.txt` (tier, a tab, the sentence), run this, and look at what it prints:
figures of sentences that were each left out in turn. It takes about a minute for five thousand.
"""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triage.meaning.encoder import points
from triage.meaning.kept import Numbers, keep
from triage.meaning.known import ALARMS, NARROW, WORDED
from triage.meaning.labelled import Example, examples
from triage.meaning.wording import Wording, wording

HERE = Path(__file__).parent
SOFT = 0.1  # how far one label may be overruled by its neighbours: people mislabel, too
# What a text of each tier is worth to R1 and to R2. What is asked apart finds more than "is it
# urgent?" alone: "higher floor this time" is nearer to R1 than to what is urgent (page 36).
WORTH = {"R1": (1, 0), "R2": (0, 1)}
ORDINARY = (-1, -1)
# Of the ordinary sentences here, many of which were written to sound urgent, as many may sound like
# R1 and like R2; how many of strangers' everyday ones do is on page 36.
IN_VAIN = (0.022, 0.022)
# Of R1 and of R2 so many may sound so ordinary that a phrase in them sets off no alarm. With these
# five, both ears together let fewest cries go for the ordinary sentences that they pass (page 36).
CALM = (0.01, 0.05)
# And of phrases that are said nearly as often of something else (`doubtful` in the lists, page 36).
# As many R2 lie below what makes a cry: such a phrase counts by itself then, or in a few words.
DOUBT = (0.05, 0.15)
# Of two mistakes the lesser: some abuse is answered as a danger to life, not the other way round.
LIFE_MISSED = 0.035


def learn(folder: Path, language: str) -> dict[str, Any]:
    """What `known.load` reads, from the labelled sentences of a language."""
    some = list(examples(folder, language))
    of = np.array([example.tier for example in some])
    rows = placed([example.said for example in some])
    words = wording(example.said for example in some)
    worded = spread(words, some)
    pulls, left_out = solved(kernel(rows, worded), of, together(some))
    limits = thresholds(left_out, of)
    report(left_out, of, limits)
    return {
        "points": rows.astype(np.float32),
        "pulls": pulls.astype(np.float32),
        "words": words.known,
        "rare": words.rare,
        "says": (WORDED * worded.T @ pulls).astype(np.float32),
        **{name: np.array(limit) for name, limit in limits.items()},
        "sha256": np.array(checksum(folder, language)),
    }


def checksum(folder: Path, language: str) -> str:
    """Of the sentences that it was learnt from."""
    lines = ("\t".join(example) for example in examples(folder, language))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def placed(said: Sequence[str]) -> Numbers:
    """The point of each sentence, rounded: the file is then half as large where it is packed."""
    starts = range(0, len(said), 64)
    return np.concatenate([points(said[at : at + 64]) for at in starts]).astype(np.float16)


def spread(words: Wording, some: Sequence[Example]) -> Numbers:
    """What each known piece and pair says of each sentence: a row a sentence."""
    rows = np.zeros((len(some), len(words.known)), np.float32)
    for row, example in zip(rows, some, strict=True):
        at, says = words.of(example.said)
        row[at] = says
    return rows


def kernel(rows: Numbers, worded: Numbers) -> Numbers:
    """How much each sentence pulls at each other: by what both mean, and by how they are worded."""
    exact = rows.astype(np.float32)
    pulls: Numbers = np.exp(2 * NARROW * (exact @ exact.T - 1)) + WORDED * (worded @ worded.T)
    return pulls.astype(np.float64)


def together(some: Sequence[Example]) -> Iterable[Sequence[int]]:
    """The places of all examples that mean the same sentence: they are left out together."""
    means: dict[str, list[int]] = {}
    for at, example in enumerate(some):
        means.setdefault(example.means, []).append(at)
    return means.values()


def solved(
    kernel: Numbers, of: NDArray[np.str_], groups: Iterable[Sequence[int]]
) -> tuple[Numbers, Numbers]:
    """What each sentence adds, and what each would score if its group had been left out."""
    cries = np.isin(of, ALARMS)
    wanted = np.array([WORTH.get(tier, ORDINARY) for tier in of], np.float64)
    share = np.where(cries, cries.mean(), 1 - cries.mean())  # the rarer kind counts as much
    inverse = np.linalg.inv(kernel + np.diag(SOFT * 2 * share))
    pulls = inverse @ wanted
    left_out = np.empty_like(wanted)
    for group in groups:
        alone = np.linalg.solve(inverse[np.ix_(group, group)], pulls[group])
        left_out[group] = wanted[group] - alone
    return pulls, left_out


def thresholds(left_out: Numbers, of: NDArray[np.str_]) -> dict[str, Any]:
    """Above which scores a text is a `cry` of R1 and of R2, by how much it is nearer to R1 where
    it is about a `life`, and below which it is `calm` for a phrase of each."""
    ordinary = left_out[~np.isin(of, ALARMS)]
    cry = [np.quantile(ordinary[:, at], 1 - few) for at, few in enumerate(IN_VAIN)]
    lives = left_out[(of == "R1") & (left_out > cry).any(axis=1)]
    return {
        "cry": cry,
        "life": float(np.quantile(lives[:, 0] - lives[:, 1], LIFE_MISSED)),
        "calm": _below(left_out, of, CALM),
        "doubt": _below(left_out, of, DOUBT),
    }


def _below(left_out: Numbers, of: NDArray[np.str_], shares: Sequence[float]) -> list[float]:
    """Below which so many of R1 and of R2 lie, each by how near it is to its own tier."""
    each = enumerate(zip(ALARMS, shares, strict=True))
    return [float(np.quantile(left_out[of == tier, at], few)) for at, (tier, few) in each]


def report(left_out: Numbers, of: NDArray[np.str_], limits: dict[str, Any]) -> None:
    """One line for each tier: how many of its sentences were found when left out."""
    print(", ".join(f"{name} {np.round(limit, 2)}" for name, limit in limits.items()))
    heard = (left_out > limits["cry"]).any(axis=1)
    as_life = heard & (left_out[:, 0] - left_out[:, 1] > limits["life"])
    far = {
        f"{part} of {tier}": left_out[:, at] < limits[part][at]
        for part in ("calm", "doubt")
        for at, tier in enumerate(ALARMS)
    }
    for tier in sorted(set(of)):
        own = of == tier
        parts = {"urgent": heard, "R1": as_life, **far}
        shown = ", ".join(f"{name} {part[own].mean():.1%}" for name, part in parts.items())
        print(f"{tier}: {own.sum()}, {shown}")


if __name__ == "__main__":
    for language in sys.argv[1:] or ["en"]:
        keep(HERE / f"known.{language}.npy", learn(HERE, language))
