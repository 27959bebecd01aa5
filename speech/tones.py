"""Whether a recording is tones, as of a tune or a machine, and not a voice."""

import numpy as np

FRAME = 0.05  # seconds: two tones 60 hertz apart are two
LOUD_DB = 20.0  # under the loudest frame; softer ones say little
MOST_FRAMES = 400  # looked at, evenly over the recording: enough, and a few milliseconds
PARTIALS = 2
NEAR = 2  # neighbours on each side that one tone fills, with this window
PURE = 0.97  # share of a frame's power


def tonal(pcm: bytes, rate: int) -> float:
    """The share (0 to 1) of loud frames in which two pure tones are nearly all there is.

    Measured: tunes of plain notes and dialling tones 1.0; espeak's voices at most 0.06, flite's
    at most 0.45 (slt). The demo model hears such a tune as words, and is 98 % sure of them.
    """
    samples = np.frombuffer(pcm, np.int16)
    size = int(FRAME * rate)
    frames = samples[: len(samples) // size * size].reshape(-1, size).astype(np.float32)
    power = np.einsum("ij,ij->i", frames, frames)
    if not power.any():
        return 0.0
    loud = np.flatnonzero(power > power.max() * 10 ** (-LOUD_DB / 10))
    picked = frames[loud[:: len(loud) // MOST_FRAMES + 1]] * np.hanning(size).astype(np.float32)
    spectrum = np.square(np.abs(np.fft.rfft(picked, axis=1)))
    whole, left = spectrum.sum(axis=1), spectrum
    for _ in range(PARTIALS):
        distance = np.abs(np.arange(left.shape[1]) - left.argmax(axis=1)[:, np.newaxis])
        left = np.where(distance <= NEAR, 0, left)
    return float(np.mean(left.sum(axis=1) < (1 - PURE) * whole))
