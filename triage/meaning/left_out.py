"""What each labelled sentence adds, and how each would score if it had been left out: from that
the thresholds come, and the figures that `learn` prints.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiers import URGENT
from triage.meaning.kept import Numbers
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
AT_ONCE = 2048  # rows, or columns


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
    cries = np.isin(of, URGENT)
    wanted = np.array([WORTH.get(tier, ORDINARY) for tier in of], np.float64)
    share = np.where(cries, cries.mean(), 1 - cries.mean())  # the rarer kind counts as much
    np.fill_diagonal(kernel, kernel.diagonal() + SOFT * 2 * share)
    parts = halved(kernel)
    pulls = parts @ (parts.T @ wanted)
    left_out = np.empty_like(wanted)
    for group in groups:
        own = parts[group]
        left_out[group] = wanted[group] - np.linalg.solve(own @ own.T, pulls[group])
    return pulls, left_out


def halved(kernel: Numbers) -> Numbers:
    """A matrix that times its own transpose is the inverse of a kernel, in the kernel's memory,
    which is most of what there is: its factor (Cholesky's), some columns at a time, and then the
    factor's inverse, some rows at a time."""
    low = kernel.T  # so that what belongs to one sentence lies in a row of what is given back
    for at in range(0, len(low), AT_ONCE):
        here, after = slice(at, at + AT_ONCE), slice(at + AT_ONCE, None)
        low[at:, here] -= low[at:, :at] @ low[here, :at].T
        low[here, here] = np.linalg.cholesky(low[here, here])
        low[after, here] = np.linalg.solve(low[here, here], low[after, here].T).T
        low[here, after] = 0
    for at in range(0, len(low), AT_ONCE):
        here = slice(at, at + AT_ONCE)
        low[here, here] = np.linalg.inv(low[here, here])
        low[here, :at] = -low[here, here] @ (low[here, :at] @ low[:at, :at])
    return kernel


def thresholds(
    left_out: Numbers, of: NDArray[np.str_], groups: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """Above which scores a text is a `cry` of R1 and of R2, by how much it is nearer to R1 where
    it is about a `life`, and below which it is `calm` for a phrase of each. Of ordinary
    texts those count that are written and whole."""
    ordinary = np.array([left_out[group[0]] for group in groups if of[group[0]] not in URGENT])
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
    each = enumerate(zip(URGENT, shares, strict=True))
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
        for at, tier in enumerate(URGENT)
    }
    for tier in sorted(set(of)):
        own = of == tier
        parts = {"urgent": heard, "R1": as_life, **far}
        shown = ", ".join(f"{name} {part[own].mean():.1%}" for name, part in parts.items())
        print(f"{tier}: {own.sum()}, {shown}")
