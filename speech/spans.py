"""The sound under heard words, cut into frames: what stands beside them is none of theirs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from speech.transcriber import Word

FRAME = 0.05  # seconds: two tones 60 hertz apart are two, and a click is over long before
LOUD_DB = 20.0  # under the loudest frame of its word; softer ones say little

Frames = npt.NDArray[np.float32]


def loud(pcm: bytes, rate: int, words: Sequence[Word]) -> tuple[Frames, npt.NDArray[np.intp]]:
    """The loud frames under the words, in 16-bit PCM, and which word each is of.

    By the loudness of each word, not of the recording: one key pressed, or the handset put down,
    may be far louder than the message before it.
    """
    samples = np.frombuffer(pcm, np.int16)
    size = int(FRAME * rate)
    firsts = [np.arange(int(w.start * rate), int(w.end * rate) - size + 1, size) for w in words]
    owner = np.repeat(np.arange(len(words)), [len(each) for each in firsts])
    if not len(owner):
        return np.zeros((0, size), np.float32), owner
    starts = np.concatenate(firsts)
    inside = starts + size <= len(samples)
    starts, owner = starts[inside], owner[inside]
    frames = samples[starts[:, np.newaxis] + np.arange(size)].astype(np.float32)
    power = np.einsum("ij,ij->i", frames, frames)
    loudest = np.zeros(len(words), np.float32)
    np.maximum.at(loudest, owner, power)
    picked = (power > 0) & (power > loudest[owner] * 10 ** (-LOUD_DB / 10))
    return frames[picked], owner[picked]
