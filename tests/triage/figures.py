"""How the urgent phrases do on the labelled sentences."""

from collections.abc import Iterator

from tests.triage.labelled import ALARMS, LABELS, SENTENCES


def right(part: str, label: str) -> tuple[int, int]:
    """How many sentences of a part and label got what they should, and how many there are."""
    of_it = [sentence for sentence in SENTENCES[part] if sentence.label == label]
    return sum(sentence.right() for sentence in of_it), len(of_it)


def table() -> Iterator[str]:
    """A line each: R1 and R2 found in their tier or above, the others kept out of both."""
    yield f"{'':6}" + "".join(f"{part:>14}" for part in SENTENCES)
    for label in LABELS:
        cells = (right(part, label) for part in SENTENCES)
        shown = (f"{good:>6}/{n} {good / n:>6.1%}" for good, n in cells)
        yield f"{label:6}" + "".join(f"{cell:>14}" for cell in shown) + _meaning(label)


def _meaning(label: str) -> str:
    return "  found" if label in ALARMS else "  without a false alarm"
