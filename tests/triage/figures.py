"""How the urgent phrases do on the labelled sentences, and the meaning with them."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tests.triage.labelled import ALARMS, BOTH, LABELS, SENTENCES, TONGUES, both, first, together

# Whose ordinary ones are of two kinds, apart.
TWO_KINDS = (
    "unseen",
    "strangers",
    "others",
    "judges",
    "judged",
    "visitors",
    "panel",
    "panelled",
    "neighbours",
    "guests",
    "inspectors",
    "callers",
    "examiners",
    "listeners",
    "receptionists",
    "dictated",
    "wardens",
    "advocates",
)


def right(part: str, label: str) -> tuple[int, int]:
    """How many sentences of a part and label got what they should, and how many there are."""
    of_it = [sentence for sentence in SENTENCES[part] if sentence.label == label]
    return sum(sentence.right for sentence in of_it), len(of_it)


def table() -> Iterator[str]:
    """A line each: R1 and R2 found in their tier or above, the others kept out of both."""
    yield f"{'':6}" + "".join(f"{part:>18}" for part in SENTENCES)
    for label in LABELS:
        cells = (right(part, label) for part in SENTENCES)
        shown = (f"{good:>6}/{n} {good / n:>6.1%}" for good, n in cells)
        yield f"{label:6}" + "".join(f"{cell:>18}" for cell in shown) + _meaning(label)
    yield "by phrases and meaning together (strangers were learnt from, the others were not):"
    for part in BOTH:
        counted = ((label, *together(part, label)) for label in ("R1", "R2", "none"))
        yield f"{part:10}" + ", ".join(f"{label} {good} of {n}" for label, good, n in counted)
    for part, how in product(TWO_KINDS, ("everyday", "tricky")):
        good, n = together(part, "none", how)
        yield f"  ordinary ones of {part}, {how}: {good} of {n}"
    yield from _tongues()
    said = (Path(__file__).parent / "rounds.txt").read_text("utf-8").splitlines()
    yield from (line for line in said if not line.startswith("#"))


def _tongues() -> Iterator[str]:
    cries = [s for s in TONGUES if s.label in ALARMS]
    everyday = [s for s in TONGUES if s.label not in ALARMS]
    yield f"in other languages, everyday: {sum(map(both, everyday))} of {len(everyday)}"
    yield f"  cries that a person sees first: {sum(map(first, cries))} of {len(cries)}"


def _meaning(label: str) -> str:
    return "  found" if label in ALARMS else "  without a false alarm"
