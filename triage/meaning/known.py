"""How near a text comes to cries that people know, and which of them it sounds like. Pure.

Kernel ridge regression over the labelled sentences of `known.en.txt`, and what a recogniser wrote
down of some of them (`heard.en.txt`): each pulls by how near it lies and how alike it is worded.
The thresholds come from leaving each sentence out in turn (see `learn`). So the reason can be
shown: the known sentence that pulled most.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from triage.meaning.encoder import points, weights
from triage.meaning.kept import kept
from triage.meaning.pieces import vocabulary
from triage.meaning.wording import Wording

ALARMS = ("R1", "R2")
# Two texts of the same meaning pull fully, unrelated ones by about an eighth of that.
NARROW = 1.0
WORDED = 0.4  # what the same words count for, beside the same meaning
# A cry may be one clause of a long message: it is read in windows that overlap by half.
WINDOW, STEP = 36, 24
FEWEST = 4  # "DELETE", "me", "stop all": so few words have no meaning of their own, only phrases
WINDOWS = 48  # of one text: five minutes of quick speech; more would keep a caller waiting


@dataclass(frozen=True)
class Known:
    """The labelled sentences as points, what each adds to (urgent, life), and the thresholds.

    `calm`: below which a phrase of each of `ALARMS` is calmed.
    `says`: what each piece and pair of pieces adds, by how the sentences are worded.
    """

    sentences: tuple[str, ...]
    points: NDArray[np.float32]
    pulls: NDArray[np.float32]
    wording: Wording
    says: NDArray[np.float32]
    urgent: float
    life: float
    calm: tuple[float, ...]


class Example(NamedTuple):
    """A labelled sentence: its tier, its words, and what was meant by them."""

    tier: str
    said: str
    means: str


@dataclass(frozen=True)
class Near:
    """R1 or R2 and the known sentence that decided, or neither.

    `calm`: the tiers that nothing in the text comes near; a phrase of those sets off no alarm.
    Between near and calm lies what the meaning cannot tell: there the phrases decide alone.
    """

    tier: str | None
    like: str = ""
    calm: tuple[str, ...] = ()


@cache
def load(language: str) -> Known | None:
    """What is known of a language; None where nobody has labelled sentences of it yet."""
    here = Path(__file__).parent
    path = here / f"known.{language}.npy"
    if not path.exists():
        return None
    weights(), vocabulary()  # here, before a process forks, and not while the first texter waits
    held = kept(path)
    return Known(
        tuple(example.means for example in examples(here, language)),
        held["points"],
        held["pulls"],
        Wording(held["words"], held["rare"]),
        held["says"],
        float(held["urgent"]),
        float(held["life"]),
        tuple(map(float, held["calm"])),
    )


def labelled(path: Path) -> Iterator[list[str]]:
    """What stands between the tabs of each line of a file of labelled sentences."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def examples(folder: Path, language: str) -> Iterator[Example]:
    """Every labelled sentence of a language: as people write, and as a recogniser heard some."""
    for tier, said in labelled(folder / f"known.{language}.txt"):
        yield Example(tier, said, said)
    if (heard := folder / f"heard.{language}.txt").exists():
        yield from (Example(*fields) for fields in labelled(heard))


def near(known: Known, text: str) -> Near:
    """What the most urgent window of a text sounds like. A few words sound like nothing."""
    said = [window for window in windows(text) if len(window.split()) >= FEWEST]
    weighed = list(_weighed(known, said))
    cries = [(life > known.life, cry, like) for cry, life, like in weighed if cry > known.urgent]
    if not cries:
        most = max((cry for cry, _, _ in weighed), default=known.urgent)
        limits = zip(ALARMS, known.calm, strict=True)
        return Near(None, calm=tuple(tier for tier, limit in limits if most < limit))
    life, _, like = max(cries)
    return Near("R1" if life else "R2", known.sentences[like])


def _weighed(known: Known, said: Sequence[str]) -> Iterator[tuple[float, float, int]]:
    """How urgent each window is, how much about a life, and which known sentence pulls most."""
    if said:
        pulls = np.exp(2 * NARROW * (points(said) @ known.points.T - 1))
        for window, pull, meant in zip(said, pulls, pulls @ known.pulls, strict=True):
            at, worded = known.wording.of(window)
            urgent, life = meant + worded @ known.says[at]
            yield float(urgent), float(life), int((pull * known.pulls[:, 0]).argmax())


def windows(text: str) -> list[str]:
    """A text in parts that one cry would fill: its sentences, or where none end, by words."""
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?\n])\s+", text[: WINDOWS * 400]):
        words = sentence.split()
        starts = range(0, max(1, len(words) - STEP), STEP) if len(words) > WINDOW else (0,)
        found += [" ".join(words[start : start + WINDOW]) for start in starts if words]
    if len(found) > 1 and len(text.split()) <= 2 * WINDOW:
        found.append(" ".join(text.split()))  # what one sentence says, the next may take back
    return list(dict.fromkeys(found))[:WINDOWS]
