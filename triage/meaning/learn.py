"""Makes `known.en.npy` from the labelled sentences: `python -m triage.meaning.learn`.

Add sentences to `known.en.txt` (tier, a tab, the sentence), run this, and look at what it prints:
figures of sentences that were each left out in turn. For 25,000 it takes ten minutes of two cores,
and 15 GB of memory.
"""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triage.meaning.encoder import LAYERS, points
from triage.meaning.kept import Numbers, keep
from triage.meaning.known import ALARMS, ANYWAY, WORDED
from triage.meaning.labelled import Example, examples
from triage.meaning.wording import wording

HERE = Path(__file__).parent
AT_ONCE = 8192  # pieces and pairs
SOFT = 0.1  # how far one label may be overruled by its neighbours: people mislabel, too
# What a text of each tier is worth to R1 and to R2. What is asked apart finds more than "is it
# urgent?" alone: "higher floor this time" is nearer to R1 than to what is urgent (page 36).
WORTH = {"R1": (1, 0), "R2": (0, 1)}
ORDINARY = (-1, -1)
# Of the ordinary sentences here, many of which were written to sound urgent, as many may sound like
# R1 and like R2; how many of strangers' everyday ones do is on page 37.
IN_VAIN = (0.015, 0.022)
# Of R1 and of R2 so many may sound so ordinary that a phrase in them sets off no alarm. With these
# five, both ears together let fewest cries go for the ordinary sentences that they pass (page 36).
CALM = (0.01, 0.05)
# And of phrases that are said nearly as often of something else (`doubtful` in the lists, page 36).
# As many R2 lie below what makes a cry: such a phrase counts by itself then, or in a few words.
DOUBT = (0.05, 0.15)
# Of two mistakes the lesser: some abuse is answered as a danger to life, not the other way round.
LIFE_MISSED = 0.02


Says = tuple[NDArray[np.int64], NDArray[np.float32]]  # pieces and pairs, and what each says


def learn(folder: Path, language: str) -> dict[str, Any]:
    """What `known.load` reads, from the labelled sentences of a language."""
    some = list(examples(folder, language))
    of = np.array([example.tier for example in some])
    rows = points([example.said for example in some])
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
    """How much each two sentences are worded alike, of so many known pieces and pairs. Some of
    those at a time: all of them would be five gigabytes."""
    found = np.zeros((len(worded), len(worded)), np.float32)
    for start in range(0, many, AT_ONCE):
        part = np.zeros((len(worded), AT_ONCE), np.float32)
        for row, (at, says) in zip(part, worded, strict=True):
            here = (start <= at) & (at < start + AT_ONCE)
            row[at[here] - start] = says[here]
        found += part @ part.T
    return found


def added(worded: Sequence[Says], pulls: Numbers, many: int) -> Numbers:
    """What each known piece and pair adds to how near a text is, by all sentences it stands in."""
    says = np.zeros((many, pulls.shape[1]), np.float32)
    for (at, much), pull in zip(worded, pulls.astype(np.float32), strict=True):
        says[at] += np.outer(much, pull)
    return says


def kernel(rows: Numbers, worded: Numbers) -> Numbers:
    """How much each sentence pulls at each other: by what both mean, and by how they are worded."""
    pulls: Numbers = WORDED * worded + np.float32(ANYWAY)
    for layer in rows.transpose(1, 0, 2):
        pulls += np.square(layer @ layer.T) * np.float32((1 - ANYWAY) / LAYERS)
    return pulls.astype(np.float64)


def forms(rows: Numbers, pulls: Numbers) -> Numbers:
    """What all sentences pull together, by the same kernel: a matrix a layer, R1's beside R2's."""
    much = ((1 - ANYWAY) / LAYERS * pulls).astype(np.float32)
    layers = rows.transpose(1, 0, 2)
    return np.array(
        [np.hstack([layer.T @ (layer * own[:, None]) for own in much.T]) for layer in layers]
    )


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
    np.fill_diagonal(kernel, kernel.diagonal() + SOFT * 2 * share)
    inverse = inverted(kernel)
    pulls = inverse @ wanted
    left_out = np.empty_like(wanted)
    for group in groups:
        alone = np.linalg.solve(inverse[np.ix_(group, group)], pulls[group])
        left_out[group] = wanted[group] - alone
    return pulls, left_out


def inverted(kernel: Numbers) -> Numbers:
    """The inverse of a kernel, by that of two halves: OpenBLAS dies of one over four gigabytes."""
    half = len(kernel) // 2
    across = kernel[:half, half:]
    first = np.linalg.inv(kernel[:half, :half])
    led = first @ across
    last = np.linalg.inv(kernel[half:, half:] - across.T @ led)
    between = -led @ last
    return np.block([[first - between @ led.T, between], [between.T, last]])


def thresholds(
    left_out: Numbers, of: NDArray[np.str_], groups: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """Above which scores a text is a `cry` of R1 and of R2, by how much it is nearer to R1 where
    it is about a `life`, and below which it is `calm` for a phrase of each. Of ordinary
    texts those count that are written and whole."""
    ordinary = np.array([left_out[group[0]] for group in groups if of[group[0]] not in ALARMS])
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
    as_life = left_out[:, 0] > limits["cry"][0]
    as_life &= left_out[:, 0] - left_out[:, 1] > limits["life"]
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
