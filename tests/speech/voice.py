"""A synthetic caller: the practice phone's voice, at the engine's own rate."""

from functools import cache

import numpy as np
import numpy.typing as npt

from practice import voice

RATE = 22_050  # hertz, espeak-ng's own
EN_GB = "gmw/en"  # the file of en-gb, as espeak-ng keeps it


@cache
def say(text: str, spoken_by: str = EN_GB, speed: int = 150) -> npt.NDArray[np.float32]:
    """`text` spoken, as samples between -1 and 1 at RATE, with half a second round it."""
    samples, rate = voice.spoken(text, spoken_by, speed)
    assert rate == RATE
    quiet = np.zeros(RATE // 2, np.float32)
    return np.concatenate([quiet, samples.astype(np.float32) / 32_768, quiet])
