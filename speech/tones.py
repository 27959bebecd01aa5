"""Which frames are tones, as of a tune, a key or the line itself, and not a voice."""

import numpy as np
import numpy.typing as npt

from speech.spans import FRAME, Frames

NEAR = 2  # neighbours on each side that one tone fills, with this window
PURE = 0.97  # share of a frame's power that two tones have
BESIDE = 0.02  # of the stronger one's power; less is no second tone
# Hertz. A tone of the line or a key keeps its own to a part of this; a voice glides. The deepest
# of the lines' (350, ITU-T E.180) is above the ground of nearly all voices.
ALIKE, DEEPEST = 3.0, 340.0
FEWEST = 3  # frames of one word
BLOCK = 2_000  # frames at a time: the spectra of 20 minutes would be 300 MB

Hertz = npt.NDArray[np.float64]


def tones(frames: Frames) -> tuple[npt.NDArray[np.bool_], Hertz]:
    """Whether two pure tones are nearly all there is, frame by frame; and which, the lower first.

    Which they are is worked out of such frames only, and 0 of the others.

    Measured: tunes of plain notes and dialling tones in all frames; espeak's voices in at most
    0.06 of them, flite's slt in up to 0.87 ("who do you need to see in june"). The demo model
    hears such a tune as words, and is 98 % sure of them.
    """
    blocks = [_tones(frames[at : at + BLOCK]) for at in range(0, max(1, len(frames)), BLOCK)]
    return np.concatenate([pure for pure, _ in blocks]), np.concatenate([hz for _, hz in blocks])


def _tones(frames: Frames) -> tuple[npt.NDArray[np.bool_], Hertz]:
    window = np.hanning(frames.shape[1]).astype(np.float32)
    waves = np.fft.rfft(frames * window, axis=1)
    spectrum = np.square(waves.real) + np.square(waves.imag)
    first, left = _strongest(spectrum)
    second, rest = _strongest(left)
    rows = np.arange(len(frames))
    alone = left[rows, second] < BESIDE * spectrum[rows, first]
    pair = np.stack([first, np.where(alone, first, second)], axis=1)
    pure = rest.sum(axis=1) < (1 - PURE) * spectrum.sum(axis=1)
    hertz = np.zeros(pair.shape)
    hertz[pure] = np.sort(_between(spectrum[pure], pair[pure]), axis=1) / FRAME
    return pure, hertz


def steady(pure: npt.NDArray[np.bool_], hertz: Hertz) -> bool:
    """Whether the frames of one word are a tone of the line, or a key, that keeps its pitch.

    Pure tones alone are no sign: a quarter of the words of flite's slt, a woman's voice, are that.
    """
    if np.count_nonzero(pure) < FEWEST:
        return False
    found = hertz[pure & (hertz[:, 0] > DEEPEST)]
    apart = np.abs(found[:, np.newaxis] - found[np.newaxis]).max(axis=2)
    alike = int((apart < ALIKE).sum(axis=1).max(initial=0))
    return alike >= FEWEST and 2 * alike >= len(pure)


def _strongest(
    spectrum: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Where each frame's strongest tone is, and its spectrum without that."""
    top = spectrum.argmax(axis=1)
    near = top[:, np.newaxis] + np.arange(-NEAR, NEAR + 1)
    left = spectrum.copy()
    np.put_along_axis(left, near.clip(0, spectrum.shape[1] - 1), 0, axis=1)
    return top, left


def _between(spectrum: npt.NDArray[np.float64], at: npt.NDArray[np.intp]) -> Hertz:
    """The true place of each peak: a parabola through its logarithm and its neighbours'."""
    inner = np.clip(at, 1, spectrum.shape[1] - 2)
    rows = np.arange(len(spectrum))[:, np.newaxis]
    low, mid, high = (np.log(spectrum[rows, inner + step] + 1) for step in (-1, 0, 1))
    bend = low - 2 * mid + high
    beside = np.where(bend < 0, 0.5 * (low - high) / np.where(bend < 0, bend, 1), 0)
    return inner.astype(np.float64) + beside
