"""Make `triage/redaction/reading.npz` again: README.md beside this file.

    python -m triage.redaction.recipe.learn

Three small nets that begin apart, averaged, so that chance counts for less. Half of what they see
is hidden, each time another half, so that nothing is leant on alone.
"""

from collections.abc import Sequence

import numpy as np

from triage.meaning.kept import Numbers
from triage.redaction.reading import WEIGHTS, scores
from triage.redaction.recipe.examples import examples

NAMES = 10  # how much more a name counts than another word: a name that leaves is the worse fault
NETS, WIDE = 3, 32  # nets, and numbers between what is seen and its score
ROUNDS, AT_ONCE, HIDDEN = 12, 256, 0.5  # the last: of the numbers, each time others
STEP, STEADY, AFRESH = 1e-3, 1e-3, (0.9, 0.999)  # Adam's: how far, against the largest, forgetting
Net = dict[str, Numbers]


def main() -> None:
    """Learn, say how it does on what it learnt from, and write."""
    every = list(examples())
    looks = np.array([look for look, _, _ in every], np.float32)
    names = np.array([name for _, name, _ in every], np.float32)
    counts = np.array([much * (NAMES if name else 1) for _, name, much in every], np.float32)
    net = joined([fitted(looks, names, counts, seed) for seed in range(NETS)])
    right = (scores(looks, net) > 0) == names
    print(f"right: names {right[names > 0].mean():.1%}, words {right[names == 0].mean():.1%}")
    np.savez(WEIGHTS, **{name: part.astype(np.float16) for name, part in net.items()})


def fitted(looks: Numbers, names: Numbers, counts: Numbers, seed: int) -> Net:
    """One net, by Adam on a few examples at a time."""
    dice = np.random.default_rng(seed)
    middle, spread = looks.mean(0), looks.std(0) + np.float32(1e-6)
    net = _begun(looks.shape[1], dice)
    past = {name: (np.zeros_like(part), np.zeros_like(part)) for name, part in net.items()}
    counts, time = counts / counts.mean(), 0
    for _ in range(ROUNDS):
        order = dice.permutation(len(looks))
        for start in range(0, len(looks), AT_ONCE):
            some = order[start : start + AT_ONCE]
            shown = (looks[some] - middle) / spread
            shown *= (dice.random(shown.shape, np.float32) > HIDDEN) / np.float32(1 - HIDDEN)
            time += 1
            for name, slope in _slopes(net, shown, names[some], counts[some]).items():
                _stepped(net[name], past[name], slope, time)
    wide = net["wide"] / spread[:, None]
    return net | {"wide": wide, "wide.bias": net["wide.bias"] - middle @ wide}


def _begun(size: int, dice: np.random.Generator) -> Net:
    net = {
        "wide": dice.normal(0, size**-0.5, (size, WIDE)),
        "wide.bias": np.zeros(WIDE),
        "narrow": dice.normal(0, WIDE**-0.5, WIDE),
        "bias": np.zeros(1),
    }
    return {name: part.astype(np.float32) for name, part in net.items()}


def _slopes(net: Net, looks: Numbers, names: Numbers, counts: Numbers) -> Net:
    """How much more wrong each weight makes these examples, and its own size with it."""
    seen = np.maximum(looks @ net["wide"] + net["wide.bias"], 0)
    chance = 1 / (1 + np.exp(-(seen @ net["narrow"] + net["bias"])))
    wrong = counts * (chance - names) / np.float32(len(looks))
    behind = np.outer(wrong, net["narrow"]) * (seen > 0)
    return {
        "wide": looks.T @ behind + np.float32(STEADY) * net["wide"],
        "wide.bias": behind.sum(0),
        "narrow": seen.T @ wrong + np.float32(STEADY) * net["narrow"],
        "bias": np.array([wrong.sum()]),
    }


def _stepped(part: Numbers, past: tuple[Numbers, Numbers], slope: Numbers, time: int) -> None:
    """One step of Adam, in place."""
    for kept, new, fade in zip(past, (slope, slope**2), AFRESH, strict=True):
        kept *= fade
        kept += (1 - fade) * new
    mean, square = (kept / (1 - fade**time) for kept, fade in zip(past, AFRESH, strict=True))
    part -= STEP * mean / (np.sqrt(square) + 1e-8)


def joined(nets: Sequence[Net]) -> Net:
    """The mean of several nets, as one."""
    return {
        "wide": np.concatenate([net["wide"] for net in nets], 1),
        "wide.bias": np.concatenate([net["wide.bias"] for net in nets]),
        "narrow": np.concatenate([net["narrow"] for net in nets]) / len(nets),
        "bias": np.mean([net["bias"] for net in nets], 0),
    }


if __name__ == "__main__":
    main()
