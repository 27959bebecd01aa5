"""Diagonal Gaussian mixtures, one for each state: good enough to find where phones lie."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
FEWEST = 5  # frames, below which a Gaussian stays as it was


class Mixtures:
    """Starts as one Gaussian a state, all alike; `split` doubles them, `update` re-estimates."""

    def __init__(self, states: int, frames: Matrix) -> None:
        mean, variance = frames.mean(0), frames.var(0)
        self.floor = variance * 0.02
        self.weight = np.ones((states, 1))
        self.mean = np.tile(mean, (states, 1, 1)).astype(np.float64)
        self.variance = np.tile(variance, (states, 1, 1)).astype(np.float64)
        self._prepare()

    def likelihood(self, frames: Matrix) -> Matrix:
        """The log-likelihood of each frame (row) in each state (column)."""
        each = self._each(frames)
        top = each.max(2)
        return (top + np.log(np.exp(each - top[:, :, None]).sum(2))).astype(np.float32)

    def split(self) -> None:
        """Two Gaussians where one was, a little apart."""
        apart = 0.2 * np.sqrt(self.variance)
        self.mean = np.concatenate([self.mean - apart, self.mean + apart], 1)
        self.variance = np.concatenate([self.variance] * 2, 1)
        self.weight = np.concatenate([self.weight] * 2, 1) / 2
        self._prepare()

    def update(self, aligned: Iterable[tuple[Matrix, Labels]]) -> None:
        """New parameters from frames and the state of each."""
        count, total, square = (np.zeros(s) for s in (self.weight.shape, *[self.mean.shape] * 2))
        size = self.weight.shape[1]
        for frames, states in aligned:
            near = self._each(frames)[np.arange(len(frames)), states]
            share = np.exp(near - near.max(1, keepdims=True))
            spread = np.zeros((len(frames), self.weight.size), np.float32)
            columns = states[:, None] * size + np.arange(size)
            spread[np.arange(len(frames))[:, None], columns] = share / share.sum(1, keepdims=True)
            count += spread.sum(0).reshape(count.shape)
            total += (spread.T @ frames).reshape(total.shape)
            square += (spread.T @ (frames * frames)).reshape(square.shape)
        self._estimate(count, total, square)
        self._prepare()

    def _estimate(
        self,
        count: npt.NDArray[np.float64],
        total: npt.NDArray[np.float64],
        square: npt.NDArray[np.float64],
    ) -> None:
        enough = (count > FEWEST)[:, :, None]
        frames = np.maximum(count, 1)[:, :, None]
        mean = total / frames
        variance = np.maximum(square / frames - mean * mean, self.floor)
        self.mean = np.where(enough, mean, self.mean)
        self.variance = np.where(enough, variance, self.variance)
        self.weight = (count + 1) / (count + 1).sum(1, keepdims=True)

    def _prepare(self) -> None:
        """The sums of a Gaussian's logarithm that no frame changes."""
        narrow = 1 / self.variance
        size = self.mean.shape[2]
        spread = np.log(2 * np.pi * self.variance).sum(2) + (self.mean**2 * narrow).sum(2)
        self._fixed = (np.log(self.weight + 1e-12) - spread / 2).reshape(-1).astype(np.float32)
        both = [(self.mean * narrow).reshape(-1, size), (-narrow / 2).reshape(-1, size)]
        self._slopes = np.concatenate(both, 1).T.astype(np.float32)

    def _each(self, frames: Matrix) -> Matrix:
        both = np.concatenate([frames, frames * frames], 1) @ self._slopes + self._fixed
        return both.reshape(len(frames), *self.weight.shape)
