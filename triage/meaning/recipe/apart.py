"""Which parts of ordinary messages sound like a cry by themselves: `python -m
triage.meaning.recipe.apart`, after `triage.meaning.learn`, which then learns them as well.

A long message is read in windows, and "Just shoved me in" is half of a story of an ambulance that
ended well. Of all windows of known ordinary ones those that lie near a cry are added to
`apart.en.txt`, each with the message that it is from.
"""

from collections.abc import Iterator
from pathlib import Path

from triage.meaning import known
from triage.meaning.labelled import labelled
from triage.meaning.near import weights
from triage.meaning.windows import telling

HERE = Path(__file__).parent.parent
PARTS = HERE / "apart.en.txt"
NEAR = 0.5  # below what makes a cry: what lies farther off pulls at nothing


def apart() -> Iterator[str]:
    """A line for each that is not there yet."""
    knows = known.load("en")
    assert knows
    there = {row[1] for row in labelled(PARTS)}
    for tier, said in labelled(HERE / "known.en.txt"):
        parts = telling(said)
        if tier == "none" and len(parts) > 1:
            for part, near in zip(parts, weights(knows, parts) > knows.cry - NEAR, strict=True):
                if near.any() and part not in there and part != " ".join(said.split()):
                    yield f"none\t{part}\t{said}"


if __name__ == "__main__":
    lines = list(apart())
    with PARTS.open("a", encoding="utf-8") as kept:
        kept.writelines(f"{line}\n" for line in lines)
    print(f"{len(lines)} parts")
