"""The labelled sentences, and how the phrases do on them, alone and with the meaning."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tiers import OTHER_LANGUAGE
from triage import ears, urgency

ROOT = Path(__file__).parents[2]
EAR = ears.load(ROOT / "script", "en")
TIERS = EAR.phrases
LABELS = ("R1", "R2", "R3", "R4", "none")
ALARMS = ("R1", "R2")


@dataclass(frozen=True)
class Sentence:
    """What somebody said, and what a person made of it."""

    part: str
    label: str
    how: str  # "", "spoken" as a recogniser writes it, "unclear" if badly; "everyday" or "tricky"
    text: str

    @cached_property
    def right(self) -> bool:
        """Whether the phrases alone find what they should, and no more."""
        return self.fits(urgency.tier(TIERS, self.text, self.how == "unclear").tier)

    def fits(self, tier: str | None) -> bool:
        """An alarm in its tier or above; ordinary feedback, and what can wait, in neither."""
        found = tier or "none"
        return found <= self.label if self.label in ALARMS else found not in ALARMS


def sentences(part: str) -> Iterator[Sentence]:
    label, how = "", ""
    for line in (Path(__file__).parent / f"{part}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            label, _, how = line.strip("[]").partition(" ")
        elif line and not line.startswith("#"):
            yield Sentence(part, label, how, line)


SENTENCES = {part: tuple(sentences(part)) for part in ("tuned", "held", "blind")}
# What the demo model heard: `judged` of `judges`, `panelled` of `panel`, `dictated` of `examiners`.
APART = (
    "fresh",
    "overheard",
    "unseen",
    "others",
    "judges",
    "judged",
    "panel",
    "panelled",
    "guests",
    "callers",
    "examiners",
    "listeners",
    "dictated",
    "wardens",
    "advocates",
)
# Nobody learnt or tunes on these, and no one who does has read what was missed.
BLIND = {
    "blind": SENTENCES["blind"],
    **{part: tuple(sentences(part)) for part in APART},
}
# What both ears are measured on together: the blind ones, and those of strangers, read since.
BOTH = {
    **BLIND,
    **{
        part: tuple(sentences(part))
        for part in ("strangers", "visitors", "neighbours", "inspectors", "receptionists")
    },
}

# In other languages: a person sees each first, and of what a line gets all day none is an alarm.
TONGUES = tuple(sentences("tongues"))


@cache
def both(sentence: Sentence) -> bool:
    """Whether phrases and meaning together find what they should, and no more."""
    return sentence.fits(heard(sentence).tier)


def heard(sentence: Sentence) -> urgency.Found:
    """What both ears hear in a sentence."""
    return ears.tier([EAR], sentence.text, sentence.how == "unclear")


def first(sentence: Sentence) -> bool:
    """Whether a person sees a sentence above what has no tier."""
    found = heard(sentence)
    return found.tier is not None or OTHER_LANGUAGE in found.phrases


def together(part: str, label: str, how: str = "") -> tuple[int, int]:
    """How many sentences of a part and label both ears get right, and how many there are."""
    of_it = [s for s in BOTH[part] if s.label == label and how in ("", s.how)]
    return sum(map(both, of_it)), len(of_it)
