"""Makes the lower half of all-MiniLM-L6-v2 thinner, and half as dear.

    git show d1964e4:triage/meaning/encoder.npy > WHOLE
    python -m triage.meaning.recipe.thin WHOLE THIN

Of each layer the inner numbers go that our sentences can best do without, one after the other, and
what is left makes up for each of them (least squares over all pieces of the sentences: "optimal
brain surgeon", Hassibi and Stork 1992). At last what is left is fitted to what the whole encoder
makes of the same pieces there, so that small faults do not grow from layer to layer. Some minutes
of one core. Then `pack` makes of it what is read.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tests.redaction.labelled import sentences
from triage.meaning.encoder import LAYERS, LONGEST
from triage.meaning.kept import Numbers, keep, kept
from triage.meaning.labelled import examples
from triage.meaning.pieces import pieces
from triage.meaning.recipe.plain import Plain, ends
from triage.redaction.recipe.examples import PARTS

HERE = Path(__file__).parents[1]
STORIES = HERE.parents[1] / "speech" / "demo" / "recipe" / "texts" / "stories.txt"
INNER = 512  # that stay of 1536: so few, and cries and names are told as well as before
FIRM = 1e-4  # of the mean square, so that numbers that go together can be told apart
AT_ONCE = 64
Texts = Sequence[Sequence[int]]


def main(whole: Path, thin: Path) -> None:
    """Thin each layer in turn, each with what the thinner ones below it tell it."""
    keep(thin, kept(whole))
    some = [pieces(text, LONGEST) for text in _texts()]
    for layer in range(LAYERS):
        keep(thin, _thinned(Plain(whole), Plain(thin), some, layer))
        print(f"layer {layer}: {INNER} inner numbers stay", flush=True)


def _texts() -> Iterator[str]:
    yield from (example.said for example in examples(HERE, "en"))
    yield from (sentence.text for part in PARTS for sentence in sentences(part))
    lines = [line for line in STORIES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    yield from (" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))


def _thinned(whole: Plain, thin: Plain, texts: Texts, layer: int) -> dict[str, Numbers]:
    """The weights where of the inner numbers of a layer fewer stay, and of what makes them."""
    squares, leads = 0.0, 0.0
    for some in _batches(texts):
        flow, inner = _met(thin, some, layer)
        squares = squares + (inner.T @ inner).astype(np.float64)
        leads = leads + (inner.T @ (_told(whole, some, layer) - flow)).astype(np.float64)
    stay = stays(squares, _narrow(thin, layer).astype(np.float64), INNER)
    rows = np.append(stay, len(squares) - 1)
    fitted = np.linalg.solve(_firm(squares)[np.ix_(rows, rows)], leads[rows]).astype(np.float32)
    parts = {part: np.array(numbers) for part, numbers in thin.held.items()}
    parts[f"{layer}.wide.weight"] = parts[f"{layer}.wide.weight"][:, stay]
    parts[f"{layer}.wide.bias"] = parts[f"{layer}.wide.bias"][stay]
    parts[f"{layer}.narrow.weight"], parts[f"{layer}.narrow.bias"] = fitted[:-1], fitted[-1]
    return parts


def _batches(texts: Texts) -> Iterator[Texts]:
    yield from (texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE))


def _met(plain: Plain, texts: Texts, layer: int) -> tuple[Numbers, Numbers]:
    """Each piece before its inner numbers, and those with a one for their bias; a row a piece."""
    flow, places = plain.started(texts), ends(texts)
    for below in range(layer):
        flow = plain.layer(flow, places, below)
    flow = plain.attended(flow, places, layer)
    inner = plain.widened(flow, layer)
    return flow, np.hstack([inner, np.ones((len(inner), 1), np.float32)])


def _told(plain: Plain, texts: Texts, layer: int) -> Numbers:
    """Each piece after its inner numbers, before it is levelled."""
    flow, inner = _met(plain, texts, layer)
    return flow + inner @ _narrow(plain, layer)


def _narrow(plain: Plain, layer: int) -> Numbers:
    """What inner numbers are multiplied by, over its bias."""
    return np.vstack([plain.held[f"{layer}.narrow.weight"], plain.held[f"{layer}.narrow.bias"]])


def _firm(squares: Numbers) -> Numbers:
    firm: Numbers = squares + FIRM * np.trace(squares) / len(squares) * np.eye(len(squares))
    return firm


def stays(squares: Numbers, weight: Numbers, left: int) -> Numbers:
    """Which rows of a matrix stay when the others can make up for the rest.

    `squares`: how much each two numbers that it multiplies go together; the last is the bias's
    one, which always stays.
    """
    inverse = np.linalg.inv(_firm(squares))
    rows = list(range(len(weight) - 1))
    while len(rows) > left:
        missed = np.square(weight[rows]).sum(1) / inverse[rows, rows]
        out = rows.pop(int(missed.argmin()))
        column = inverse[:, out] / inverse[out, out]
        weight = weight - np.outer(column, weight[out])
        inverse = inverse - np.outer(column, inverse[out])
    return np.array(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
