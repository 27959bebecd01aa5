"""Make `triage/redaction/reading.npz` again: README.md beside this file.

    python -m triage.redaction.recipe.learn

Three small nets that begin apart, averaged, so that chance counts for less. They learn from each
word of the labelled sentences that are not blind, of what people say in danger (`triage.meaning`)
and of stories.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tests.redaction.labelled import RULES, Sentence, sentences
from tests.redaction.made import made
from triage.meaning.kept import Numbers
from triage.redaction.introduced import introduced
from triage.redaction.levels import Level, level
from triage.redaction.lists import OURS
from triage.redaction.plain import pieces, plain
from triage.redaction.reading import WEIGHTS, Reading, scores, words
from triage.redaction.said import Said

PARTS = (
    "tuned",
    "held",
    "unseen",
    "traps",
    "fresh",
    "mended",
    "aloud",
    "ninth",
    "heard",
    "overheard",
    "eleventh",
    "wider",
)  # labelled by hand; blind parts are not among them
TIMES = 5  # a frame of `frames.toml` is filled
NAMES, TRAPS = 10, 4  # how much more a name counts than another word, and a word that may be one
NETS, WIDE = 3, 16  # nets, and numbers between a point and its score
ROUNDS, AT_ONCE = 12, 256
STEP, STEADY, AFRESH = 1e-3, 1e-3, (0.9, 0.999)  # Adam's: how far, against the largest, forgetting
EACH = 2  # of the sentences whose names nobody marked, to save time
FEW = 100  # words of a sentence
ORDINARY = """
the a an i you he she it we they me him her us them my your his its our their this that these
those and or but if of in on at to for with from by as is are was were be been am has have had do
does did not no so very too then than there here who what when where why how which can could would
should just all some any more most much many up down out off over about into after before again
one two three
"""
Net = dict[str, Numbers]
Example = tuple[Numbers, bool, float]  # a word's point, whether it is a name, how much it counts


class Unread(Reading):
    """A text whose words nobody reads yet: the weights are only being made."""

    def score(self, at: int) -> float:
        """On neither side."""
        return 0.0


def main() -> None:
    """Learn, say how it does on what it learnt from, and write."""
    every = list(_examples())
    points = np.array([point for point, _, _ in every], np.float32)
    names = np.array([name for _, name, _ in every], np.float32)
    counts = np.array([much * (NAMES if name else 1) for _, name, much in every], np.float32)
    net = _joined([_fitted(points, names, counts, seed) for seed in range(NETS)])
    found = scores(points, net) > 0
    print(f"names {found[names > 0].mean():.1%}, other words {found[names == 0].mean():.2%}")
    np.savez(WEIGHTS, **{name: part.astype(np.float16) for name, part in net.items()})


def _examples() -> Iterator[Example]:
    for part in PARTS:
        for sentence in sentences(part):
            yield from _words(sentence, 1.0)
    for how, marked in made("learn", TIMES):
        yield from _words(Sentence("learn", how, marked), 0.4)
    for line in _ordinary():
        yield from _words(Sentence("ordinary", "", line), 1.0, marked=False)


def _ordinary() -> Iterator[str]:
    """Sentences whose names nobody has marked."""
    known = OURS.parent / "triage" / "meaning" / "known.en.txt"
    lines = known.read_text("utf-8").splitlines()[1::EACH]
    yield from (line.split("\t")[-1] for line in lines)
    texts = OURS.parent / "speech" / "demo" / "recipe" / "texts"
    for name in ("stories", "sentences"):
        lines = (texts / f"{name}.txt").read_text("utf-8").splitlines()
        yield from (line for line in lines[::EACH] if line and line[0] != "#")


def _words(sentence: Sentence, much: float, marked: bool = True) -> Iterator[Example]:
    """Where nobody marked names, a sure one is one, and what is likely one counts for nothing."""
    some = pieces(sentence.text, plain(sentence.text))[:FEW]
    levels = [level(RULES, piece) for piece in some]
    said = Said(RULES, some, levels, Unread(some))
    for at, (piece, point) in enumerate(zip(some, words(some), strict=False)):
        kinds = [k for a, b, k in sentence.secrets if a <= piece.start < b]
        sure = levels[at] is Level.SURE
        name = "name" in kinds or (not marked and sure)
        doubt = not marked and levels[at] is not Level.WORD and _likely(said, at)
        given = piece.stem in RULES.names.given
        plain_word = piece.plain.isalpha() and (given or piece.plain not in ORDINARY.split())
        if name or (plain_word and not kinds and not doubt and (marked or not sure)):
            yield point, name, much * (TRAPS if given and not name else 1)


def _likely(said: Said, at: int) -> bool:
    return said.shown(at) or introduced(said, at)


def _fitted(points: Numbers, names: Numbers, counts: Numbers, seed: int) -> Net:
    """One net, by Adam on a few examples at a time."""
    dice = np.random.default_rng(seed)
    middle, spread = points.mean(0), points.std(0) + 1e-6
    net = {
        "wide": dice.normal(0, points.shape[1] ** -0.5, (points.shape[1], WIDE)),
        "wide.bias": np.zeros(WIDE),
        "narrow": dice.normal(0, WIDE**-0.5, WIDE),
        "bias": np.zeros(1),
    }
    past = {name: (np.zeros_like(part), np.zeros_like(part)) for name, part in net.items()}
    counts, time = counts / counts.mean(), 0
    for _ in range(ROUNDS):
        order = dice.permutation(len(points))
        for start in range(0, len(points), AT_ONCE):
            some = order[start : start + AT_ONCE]
            slopes = _slopes(net, (points[some] - middle) / spread, names[some], counts[some])
            time += 1
            for name, slope in slopes.items():
                _stepped(net[name], past[name], slope, time)
    wide = net["wide"] / spread[:, None]
    return net | {"wide": wide, "wide.bias": net["wide.bias"] - middle @ wide}


def _slopes(net: Net, points: Numbers, names: Numbers, counts: Numbers) -> Net:
    """How much more wrong each weight makes these examples, and its own size with it."""
    seen = np.maximum(points @ net["wide"] + net["wide.bias"], 0)
    chance = 1 / (1 + np.exp(-(seen @ net["narrow"] + net["bias"])))
    wrong = counts * (chance - names) / len(points)
    behind = np.outer(wrong, net["narrow"]) * (seen > 0)
    return {
        "wide": points.T @ behind + STEADY * net["wide"],
        "wide.bias": behind.sum(0),
        "narrow": seen.T @ wrong + STEADY * net["narrow"],
        "bias": np.array([wrong.sum()]),
    }


def _stepped(part: Numbers, past: tuple[Numbers, Numbers], slope: Numbers, time: int) -> None:
    """One step of Adam, in place."""
    for kept, new, fade in zip(past, (slope, slope**2), AFRESH, strict=True):
        kept *= fade
        kept += (1 - fade) * new
    mean, square = (kept / (1 - fade**time) for kept, fade in zip(past, AFRESH, strict=True))
    part -= STEP * mean / (np.sqrt(square) + 1e-8)


def _joined(nets: Sequence[Net]) -> Net:
    """The mean of several nets, as one."""
    return {
        "wide": np.concatenate([net["wide"] for net in nets], 1),
        "wide.bias": np.concatenate([net["wide.bias"] for net in nets]),
        "narrow": np.concatenate([net["narrow"] for net in nets]) / len(nets),
        "bias": np.mean([net["bias"] for net in nets], 0),
    }


if __name__ == "__main__":
    main()
