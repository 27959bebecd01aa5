"""What of the heard words is a voice: which are a key or a tone of the line, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from speech.clicks import clicking
from speech.level import decibels
from speech.spans import loud
from speech.tones import steady, tones
from speech.transcriber import Word


@dataclass(frozen=True)
class Voiced:
    """`machine`: for each word, whether it is a key or a tone of the line, and no voice.

    `tones`: the share (0 to 1) of them all that is tones, a machine's or not. Of the words that are
    no machine's: the share that are clicks, and the loudest that is none, in dB below full scale
    (None where no sound is theirs).
    """

    machine: tuple[bool, ...] = ()
    tones: float = 0.0
    clicks: float = 0.0
    peak_db: float | None = None


def voiced(pcm: bytes, rate: int, words: Sequence[Word]) -> Voiced:
    """Measured on 16-bit PCM, in which the words have their times; a few milliseconds a minute."""
    frames, owner = loud(pcm, rate, words)
    pure, hertz = tones(frames)
    ends = np.searchsorted(owner, np.arange(len(words) + 1))
    machine = [steady(pure[first:end], hertz[first:end]) for first, end in pairwise(ends)]
    of_machine = np.array(machine, bool)[owner]
    said = frames[~of_machine] if of_machine.any() else frames
    if not len(said):
        return Voiced(tuple(machine), float(any(machine)))
    clicks = clicking(said)
    voice = said[~clicks] if clicks.any() and not clicks.all() else said
    peak_db = decibels(float(max(voice.max(), -voice.min())) / 32_768)
    tonal = float((pure | of_machine).mean())
    return Voiced(tuple(machine), tonal, float(clicks.mean()), peak_db)
