"""Utterances of like length put together, and what the network hears and shall say of each."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from . import warp
from .align import NONE
from .features import SIZE, normalised
from .network import CONTEXT, STRIDE
from .rows import Corpus

FRAMES = 24_000  # of 10 ms, in a batch
SHORTEST = 30  # frames; shorter utterances teach nothing
IGNORED = -100  # torch's own label for "no loss here"
CHANGED = 0.85  # share of the utterances that are heard from another throat
BABBLE = 0.2  # and of those, with other talk behind them


@dataclass(frozen=True)
class Batch:
    """Padded to one length; `sizes` says how many outputs of each utterance are real."""

    heard: torch.Tensor
    labels: torch.Tensor
    sizes: npt.NDArray[np.int64]


class Batches:
    """Makes batches of the corpus, with its alignment."""

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self.corpus = corpus
        aligned = np.load(folder / "phones.npz")
        self.phone, self.begins = aligned["phone"], aligned["begins"]
        self.nth = np.cumsum(self.begins)  # tells two equal phones in a row apart

    def plan(
        self, rng: random.Random, first: int | None = None, frames: int = FRAMES
    ) -> list[list[int]]:
        """Which of the (first) utterances go together, in an order drawn anew."""
        rows = self.corpus.rows[:first]
        usable = [number for number, row in enumerate(rows) if row.size >= SHORTEST]
        usable.sort(key=lambda number: rows[number].size * (1 + 0.15 * rng.random()))
        groups: list[list[int]] = [[]]
        for number in usable:
            if len(groups[-1]) * rows[number].size >= frames:
                groups.append([])
            groups[-1].append(number)
        rng.shuffle(groups)
        return groups

    def make(self, numbers: list[int], noise: np.random.Generator) -> Batch:
        """One batch; level and short stretches are spoilt on purpose, differently each time."""
        sizes = np.array([-(-self.corpus.rows[n].size // STRIDE) for n in numbers])
        longest = int(sizes.max())
        length = STRIDE * (longest - 1) + 1 + 2 * CONTEXT
        heard = np.empty((len(numbers), SIZE, length), np.float32)
        labels = np.full((len(numbers), longest), IGNORED, np.int64)
        for at, number in enumerate(numbers):
            heard[at] = self._heard(number, length, noise)
            labels[at, : sizes[at]] = self._labels(number)
        return Batch(torch.from_numpy(heard), torch.from_numpy(labels), sizes)

    def _heard(
        self, number: int, length: int, noise: np.random.Generator
    ) -> npt.NDArray[np.float32]:
        frames = self.corpus.of(number)
        if noise.random() < CHANGED:
            frames = warp.other(frames, noise, self._behind(noise))
        around = np.clip(np.arange(length) - CONTEXT, 0, len(frames) - 1)
        heard = normalised(frames, self.corpus.mean)[around].T
        for _ in range(noise.integers(0, 3)):
            width = min(int(noise.integers(3, 16)), length)
            begin = noise.integers(0, length - width + 1)
            heard[:, begin : begin + width] = heard.mean(1, keepdims=True)
        return heard

    def _behind(self, noise: np.random.Generator) -> list[npt.NDArray[np.float32]]:
        """Others who talk meanwhile, one or three, or nobody."""
        if noise.random() >= BABBLE:
            return []
        drawn = noise.integers(len(self.corpus.rows), size=noise.choice([1, 3]))
        return [self.corpus.of(int(number)) for number in drawn]

    def _labels(self, number: int) -> npt.NDArray[np.int64]:
        """Twice the phone, and one more where it only goes on."""
        place = self.corpus.rows[number].place
        phone = self.phone[place][::STRIDE].astype(np.int64)
        goes_on = np.diff(self.nth[place][::STRIDE], prepend=-1) == 0
        return np.where(phone == NONE, IGNORED, 2 * phone + goes_on)
