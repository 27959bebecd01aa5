"""Other throats and other noise, made of the features themselves each time they are heard anew."""

from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.fft import dct

from .features import HIGH, LOW, SIZE
from .telephone import NYQUIST

Matrix = npt.NDArray[np.float32]
LIFTER = 22  # Kaldi's
STEPS = 0.02  # between two throats
SMALLEST, LARGEST = -7, 8  # steps


def _mel(hertz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1127 * np.log1p(hertz / 700)


@cache
def _to_bands() -> tuple[Matrix, Matrix]:
    """Takes MFCCs to the logarithms of the mel bands, and back."""
    cosines = dct(np.eye(SIZE), axis=0, norm="ortho")  # coefficient, band
    lifter = 1 + 0.5 * LIFTER * np.sin(np.pi * np.arange(SIZE) / LIFTER)
    return (cosines / lifter[:, None]).astype("f4"), (cosines * lifter[:, None]).T.astype("f4")


@cache
def _stretch(step: int) -> Matrix:
    """What each band (column) takes of the others when a throat is longer or shorter."""
    low, high = _mel(np.array([LOW, NYQUIST + HIGH], np.float64))
    middle = low + (high - low) * np.arange(1, SIZE + 1) / (SIZE + 1)
    hertz = 700 * np.expm1(middle / 1127) * (1 + step * STEPS)
    place = np.clip((_mel(hertz) - low) / (high - low) * (SIZE + 1) - 1, 0, SIZE - 1)
    left = np.minimum(place.astype(int), SIZE - 2)
    matrix = np.zeros((SIZE, SIZE))
    matrix[left, np.arange(SIZE)] = 1 - (place - left)
    matrix[left + 1, np.arange(SIZE)] += place - left
    return matrix.astype("f4")


def other(frames: Matrix, noise: np.random.Generator, behind: list[Matrix]) -> Matrix:
    """The same words from another throat, over another noise, through another handset.

    `behind` are the frames of those who talk in the same room, if any.
    """
    there, back = _to_bands()
    bands = frames @ there @ _stretch(int(noise.integers(SMALLEST, LARGEST + 1)))
    bands += _curve(noise, 0.7)
    if behind:
        talk = np.logaddexp.reduce([np.resize(each, frames.shape) @ there for each in behind])
        below = np.quantile(talk, 0.9) - np.quantile(bands, 0.9) + noise.uniform(2.5, 8)
        bands = np.logaddexp(bands, (talk - below).astype("f4"))
    elif noise.random() < 0.5:
        level = np.quantile(bands, 0.9) - noise.uniform(2, 9) + _curve(noise, 0.8)
        hiss = noise.standard_normal(bands.shape, np.float32)
        bands = np.logaddexp(bands, (level + 0.8 * hiss).astype("f4"))
    return bands @ back


def _curve(noise: np.random.Generator, size: float) -> Matrix:
    """A smooth colour over the bands."""
    waves = np.cos(np.pi * np.arange(4)[:, None] * (np.arange(SIZE) + 0.5) / SIZE)
    return (noise.standard_normal(4) * size @ waves).astype("f4")
