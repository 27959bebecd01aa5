"""What each labelled sentence adds, and how each would score if it had been left out: from that
the thresholds come, and the figures that `learn` prints.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triage.meaning.kept import Numbers
from triage.meaning.known import ALARMS
from triage.meaning.labelled import Example

SOFT = 0.1  # how far one label may be overruled by its neighbours: people mislabel, too
# What a text of each tier is worth to R1 and to R2. What is asked apart finds more than "is it
# urgent?" alone: "higher floor this time" is nearer to R1 than to what is urgent (page 36).
WORTH = {"R1": (1, 0), "R2": (0, 1)}
ORDINARY = (-1, -1)
# Of the ordinary sentences here, many of which were written to sound urgent, as many may sound like
# R1 and like R2; how many of strangers' everyday ones do is on page 38.
IN_VAIN = (0.018, 0.022)
# Of R1 and of R2 so many may sound so ordinary that a phrase in them sets off no alarm. With these
# five, both ears together let fewest cries go for the ordinary sentences that they pass (page 36).
CALM = (0.01, 0.05)
# And of phrases that are said nearly as often of something else (`doubtful` in the lists, page 36).
# As many R2 lie below what makes a cry: such a phrase counts by itself then, or in a few words.
DOUBT = (0.05, 0.15)
# Of two mistakes the lesser: some abuse is answered as a danger to life, not the other way round.
LIFE_MISSED = 0.02


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
    """A kernel turned into its inverse, in its own memory, which is most of what there is. By that
    of two halves: OpenBLAS dies of one over four gigabytes."""
    half = len(kernel) // 2
    first, across, last = kernel[:half, :half], kernel[:half, half:], kernel[half:, half:]
    first[:] = np.linalg.inv(first)
    led = first @ across
    last -= across.T @ led
    last[:] = np.linalg.inv(last)
    np.matmul(-led, last, out=across)
    first -= across @ led.T
    kernel[half:, :half] = across.T
    return kernel


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
