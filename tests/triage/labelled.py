"""The labelled sentences, and how the phrases do on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from triage import urgency

ROOT = Path(__file__).parents[2]
TIERS = urgency.load(ROOT / "script", "en")
LABELS = ("R1", "R2", "R3", "R4", "none")
ALARMS = ("R1", "R2")


@dataclass(frozen=True)
class Sentence:
    """What somebody said, and what a person made of it."""

    part: str
    label: str
    spoken: bool
    text: str

    def found(self) -> str:
        return urgency.tier(TIERS, self.text).tier or "none"

    def right(self) -> bool:
        """An alarm in its tier or above; ordinary feedback, and what can wait, in neither."""
        found = self.found()
        return found <= self.label if self.label in ALARMS else found not in ALARMS


def sentences(part: str) -> Iterator[Sentence]:
    label, spoken = "", False
    for line in (Path(__file__).parent / f"{part}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            label, _, how = line.strip("[]").partition(" ")
            spoken = how == "spoken"
        elif line and not line.startswith("#"):
            yield Sentence(part, label, spoken, line)


SENTENCES = {part: tuple(sentences(part)) for part in ("tuned", "held")}
