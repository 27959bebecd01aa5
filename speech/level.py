"""How loud a recording is, and whether it was too loud for the line."""

from dataclasses import dataclass

import numpy as np

from speech.audio import Sound

SILENCE_DB = -120.0  # below the quietest step of 16 bits; a logarithm of nothing has no number
# The loudest step of µ-law, the telephone's code, is 32124 of 32768 (ITU-T G.711).
FULL = 0.98


@dataclass(frozen=True)
class Level:
    """`peak_db` is in dB below full scale (0 to -120); `clipped` a share, 0 to 1.

    The first is of the sound without its steady offset, as the model gets it; what is clipped is
    clipped where the line put it.
    """

    peak_db: float
    clipped: float


def level(sound: Sound) -> Level:
    """Measure the whole recording; a sound always has samples, so nothing can go wrong.

    No copy of them is made: 20 minutes at 48 kHz are 230 MB.
    """
    samples = sound.samples
    offset = float(samples.mean(dtype=np.float64))
    peak = min(1.0, max(float(samples.max()) - offset, offset - float(samples.min())))
    full = np.count_nonzero(samples >= FULL) + np.count_nonzero(samples <= -FULL)
    return Level(decibels(peak), full / len(samples))


def decibels(amplitude: float) -> float:
    """Below full scale, of an amplitude between 0 and 1."""
    return max(SILENCE_DB, 20 * float(np.log10(amplitude))) if amplitude > 0 else SILENCE_DB
