"""Digits said one at a time, and calls without a word: breath, clicks and noise are no digits."""

import random

import numpy as np
from scipy.signal import butter, sosfilt

from . import grammar, voices
from .telephone import RATE, Samples

MUTE = 0.55  # share of these calls in which nobody says a word
LOUDEST = 8_000  # of a breath, where a voice reaches about 20,000


def spoken(voice: voices.Voice, rng: random.Random) -> tuple[Samples, int, str]:
    """Samples, their rate, and the words in them, of which there may be none."""
    noise = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < MUTE:
        return _breaths(int(RATE * rng.uniform(1, 4)), RATE, rng, noise), RATE, ""
    digits = [grammar.fill("{dig}", rng) for _ in range(rng.choice([1, 2, 3, 4, 5]))]
    parts: list[Samples] = []
    for digit in digits:
        samples, rate = voices.speak(digit, voice, rng)
        parts += [samples, np.zeros(int(rate * rng.uniform(0.03, 0.7)), np.float32)]
    sound = np.concatenate(parts)
    if rng.random() < 0.5:
        sound = sound + rng.uniform(0.05, 0.4) * _breaths(len(sound), rate, rng, noise)
    return sound.astype(np.float32), rate, " ".join(digits)


def _breaths(length: int, rate: int, rng: random.Random, noise: np.random.Generator) -> Samples:
    """Bursts of coloured noise that swell and fade, from a click to a sigh."""
    sound = noise.standard_normal(length) * 1e-3
    for _ in range(rng.randint(0, 5)):
        size = min(length, int(rate * rng.choice([0.004, 0.03, rng.uniform(0.05, 0.7)])))
        begin, low = rng.randint(0, length - size), rng.uniform(80, 1_500)
        edges = butter(1, [low, low + rng.uniform(200, 2_000)], "band", fs=rate, output="sos")
        burst = sosfilt(edges, noise.standard_normal(size)) * np.hanning(size + 2)[1:-1]
        sound[begin : begin + size] += rng.uniform(0.1, 1) * burst / (np.abs(burst).max() + 1e-6)
    return (sound * LOUDEST).astype(np.float32)
