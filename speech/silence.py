"""Finds the long silences of a recording, leaves them out, and knows the times again after."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

# Seconds. A message is full of thinking; what is left of each pause still ends a sentence.
FRAME = 0.05  # the shortest piece that is loud or is not
LONGEST_KEPT = 1.0
MARGIN = 0.3  # each side of speech: soft beginnings and ends of words are shorter

# dB over the quietest frames. Steady noise stays within 1.5 dB of them, in frames of 50 ms at
# 8 kHz; measured on a voice in white noise, no sample of it is lost while it is as loud as the
# noise (0 dB), and 2 % at -3 dB, where no word is understood.
ABOVE_FLOOR_DB = 2.0
FLOOR_PERCENTILE = 5.0  # low, so that seconds of whispering do not pass for the line's own noise
# The smallest step of µ-law is 8 of 32768 (ITU-T G.711): below half of it lies no voice.
DEEPEST_DB = -78.0

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Kept:
    """The stretches of a recording that are worth decoding: (first, last + 1) in samples."""

    stretches: tuple[tuple[int, int], ...]
    rate: int

    def sound(self, pcm: bytes) -> bytes:
        """Those stretches of 16-bit PCM, joined."""
        return b"".join(pcm[2 * first : 2 * end] for first, end in self.stretches)

    def began(self, seconds: float) -> float:
        """When, in the whole recording, a word began that begins at `seconds` of the joined."""
        return self._whole(seconds, later=True)

    def ended(self, seconds: float) -> float:
        """The same for its end; at a joint that is the time before the silence, not after."""
        return self._whole(seconds, later=False)

    def _whole(self, seconds: float, later: bool) -> float:
        left = seconds * self.rate
        for n, (first, end) in enumerate(self.stretches, start=1):
            length = end - first
            if left < length or n == len(self.stretches) or (left == length and not later):
                return (first + left) / self.rate
            left -= length
        return seconds


def keep(pcm: bytes, rate: int) -> Kept:
    """What to decode of 16-bit mono PCM at `rate` hertz: all but silences of over a second.

    It would rather decode noise than lose a word: whatever moves above the steady ground of the
    line is kept, and one frame of it is enough. Steady sound alone leaves nothing to decode.
    """
    samples = np.frombuffer(pcm, np.int16)
    size = int(FRAME * rate)
    loud = _loud(samples, size)
    if loud is None:
        return Kept(((0, len(samples)),), rate)
    return Kept(tuple(_stretches(loud, size, len(samples), rate)), rate)


def _loud(samples: Samples, size: int) -> npt.NDArray[np.intp] | None:
    """The frames with something in them; None of a sound too short to have a long silence."""
    frames = samples[: len(samples) // size * size].reshape(-1, size).astype(np.float32)
    if len(frames) * FRAME <= LONGEST_KEPT:
        return None
    # Twice: as it is, and without its deep part. Hum hides a voice from the first, a hiss from
    # the second, and an f or s is seen by the second alone.
    return np.flatnonzero(_stands_out(frames) | _stands_out(np.diff(frames, axis=1)))


def _stands_out(frames: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    power = np.einsum("ij,ij->i", frames, frames) / frames.shape[1] / 32_768**2
    level = 10 * np.log10(np.maximum(power, 10 ** (DEEPEST_DB / 10)))
    stands: npt.NDArray[np.bool_] = level > np.percentile(level, FLOOR_PERCENTILE) + ABOVE_FLOOR_DB
    return stands


def _stretches(
    loud: npt.NDArray[np.intp], size: int, length: int, rate: int
) -> list[tuple[int, int]]:
    """Round each run of loud frames a margin; runs less than a long silence apart are one."""
    if not len(loud):
        return []
    longest, margin = int(LONGEST_KEPT * rate), int(MARGIN * rate)
    gaps = [(0, int(loud[0]) * size)]
    gaps += [((int(one) + 1) * size, int(two) * size) for one, two in pairwise(loud)]
    gaps.append(((int(loud[-1]) + 1) * size, length))
    cuts = [(start, end) for start, end in gaps if end - start > longest]
    edges = [0]
    # A silence at the beginning or the end has speech on one side only.
    for start, end in cuts:
        edges += [start + margin if start else 0, end - margin if end < length else length]
    edges.append(length)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(first, end) for first, end in pairs if end > first]
