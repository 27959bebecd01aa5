"""What a telephone, a room and a line do to a voice."""

import random
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

Samples = npt.NDArray[np.float32]
RATE = 8_000  # hertz
NYQUIST = RATE / 2
LOUDEST = 32_767


def to_line_rate(samples: Samples, rate: int, speed: float) -> Samples:
    """The samples at 8 kHz; a `speed` that is not 1 moves pitch and formants too."""
    ratio = Fraction(RATE / speed / rate).limit_denominator(441)
    return resample_poly(samples, ratio.numerator, ratio.denominator).astype(np.float32)


def call(samples: Samples, rng: random.Random, clean: bool) -> npt.NDArray[np.int16]:
    """One call: silence round the voice, then room, handset, noise, line and level, as drawn."""
    noise = np.random.default_rng(rng.getrandbits(32))
    sound = samples / (np.abs(samples).max() + 1e-6)
    lead, tail = (np.zeros(int(RATE * rng.uniform(0.1, 0.7)), np.float32) for _ in range(2))
    sound = np.concatenate([lead, sound, tail])
    if not clean:
        sound = _handset(_room(sound, rng, noise), rng)
    sound = _with_noise(sound, rng, noise, clean)
    if clean or rng.random() < 0.75:
        edges = [rng.uniform(60, 320) / NYQUIST, rng.uniform(3_000, 3_900) / NYQUIST]
        sound = sosfilt(butter(rng.choice([2, 3, 4]), edges, "band", output="sos"), sound)
    return _coded(sound, rng, clean)


def _room(sound: Samples, rng: random.Random, noise: np.random.Generator) -> Samples:
    """A small room's echo, on a third of the calls."""
    if rng.random() >= 0.35:
        return sound
    length = int(RATE * rng.uniform(0.08, 0.35))
    fading = np.exp(-6.9 * np.arange(length) / length) * rng.uniform(0.02, 0.12)
    echo = noise.standard_normal(length) * fading
    echo[0] = 1
    return fftconvolve(sound, echo)[: len(sound)].astype(np.float32)


def _handset(sound: Samples, rng: random.Random) -> Samples:
    """The colour of a handset: a tilt, and one peak or dip."""
    if rng.random() < 0.5:
        sound = np.convolve(sound, [1, rng.uniform(-0.7, 0.7)])[: len(sound)]
    if rng.random() < 0.4:
        middle, width = rng.uniform(400, 3_200), rng.uniform(150, 800)
        edges = [max(50, middle - width / 2) / NYQUIST, min(3_900, middle + width / 2) / NYQUIST]
        sound = sound + rng.uniform(-0.6, 1.5) * sosfilt(
            butter(1, edges, "band", output="sos"), sound
        )
    return sound.astype(np.float32)


def _with_noise(
    sound: Samples, rng: random.Random, noise: np.random.Generator, clean: bool
) -> Samples:
    """Hiss or rumble of any colour, sometimes with the hum of the mains."""
    below = rng.choice([rng.uniform(6, 20), rng.uniform(15, 40), rng.uniform(30, 55)])
    decibels = rng.uniform(30, 45) if clean else below
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    hertz[0] = hertz[1]
    drawn = noise.standard_normal(len(hertz)) + 1j * noise.standard_normal(len(hertz))
    heard = np.fft.irfft(drawn * hertz ** (-rng.choice([0, 0.5, 1, 1.5, 2]) / 2), len(sound))
    heard /= heard.std() + 1e-9
    if not clean and rng.random() < 0.08:
        turns = 2 * np.pi * rng.choice([50, 100]) * np.arange(len(sound)) / RATE
        heard = heard * 0.3 + sum(np.sin(turns * times) / times for times in (1, 2, 3, 5))
    level = np.sqrt(np.mean(sound**2)) + 1e-6
    return (sound + heard * level * 10 ** (-decibels / 20)).astype(np.float32)


def _coded(sound: Samples, rng: random.Random, clean: bool) -> npt.NDArray[np.int16]:
    """A level of its own, now and then clipped, and on half of the calls µ-law (G.711)."""
    sound = sound / (np.abs(sound).max() + 1e-6) * 10 ** (rng.uniform(-26, -1) / 20) * LOUDEST
    if not clean and rng.random() < 0.08:
        sound = np.clip(sound * rng.uniform(1.5, 4), -LOUDEST, LOUDEST)
    if rng.random() < 0.5:
        steps = np.round(127 * np.log1p(255 * np.abs(sound) / 32_768) / np.log(256)) / 127
        sound = np.sign(sound) * 32_768 * np.expm1(steps * np.log(256)) / 255
    return np.clip(np.round(sound), -32_768, LOUDEST).astype(np.int16)
