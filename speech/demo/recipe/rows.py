"""What the corpus step left in the working folder, as the training steps read it."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .phones import Lexicon, Phones

HEARD = "heard.json"  # what Vosk heard of a set; here, as report.py must not import Vosk
SAMPLED = 5  # every so many frames will do for a mean


@dataclass(frozen=True)
class Row:
    """One utterance: its words, and where its frames lie among all."""

    words: list[str]
    place: slice

    @property
    def size(self) -> int:
        return int(self.place.stop - self.place.start)


@dataclass(frozen=True)
class Corpus:
    """All features in a row, the utterances, and how their words sound."""

    rows: list[Row]
    frames: npt.NDArray[np.float16]
    lexicon: Lexicon
    phones: Phones

    @classmethod
    def read(cls, folder: Path) -> "Corpus":
        lexicon = json.loads((folder / "lexicon.json").read_text())
        listed = json.loads((folder / "train.json").read_text())
        rows = [
            Row(row["text"].split(), slice(row["start"], row["start"] + row["frames"]))
            for row in listed
        ]
        return cls(rows, np.load(folder / "train.npy"), lexicon, Phones.of(lexicon))

    def of(self, number: int) -> npt.NDArray[np.float32]:
        """The frames of one utterance."""
        return self.frames[self.rows[number].place].astype(np.float32)

    @cached_property
    def mean(self) -> npt.NDArray[np.float64]:
        return np.asarray(self.frames[::SAMPLED].astype(np.float64).mean(0))

    @cached_property
    def deviation(self) -> npt.NDArray[np.float32]:
        return self.frames[::SAMPLED].astype(np.float32).std(0)
