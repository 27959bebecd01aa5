"""Makes files of sound, and of what only pretends to be sound."""

import io
import struct

import numpy as np
import numpy.typing as npt
import soundfile
import soxr
import voice

Samples = npt.NDArray[np.float32]


def spoken(text: str, rate: int = 8_000, by: str = voice.EN_GB) -> Samples:
    """`text` in the voice of the tests, or another of espeak's, resampled to `rate` hertz."""
    return soxr.resample(voice.say(text, by), voice.RATE, rate)


def file(
    samples: Samples, rate: int = 8_000, kind: str = "WAV", subtype: str | None = None
) -> bytes:
    """The samples (frames, or frames by channels) as a whole file."""
    target = io.BytesIO()
    soundfile.write(target, samples, rate, format=kind, subtype=subtype)
    return target.getvalue()


def with_header(wav: bytes, at: int, form: str, value: int) -> bytes:
    """A WAV file with one number of its 44-byte header replaced."""
    changed = bytearray(wav)
    struct.pack_into(form, changed, at, value)
    return bytes(changed)


def noise(seconds: float, loudness: float, rate: int = 8_000) -> Samples:
    """White noise, the same each time; `loudness` is its standard deviation."""
    drawn = np.random.default_rng(7).standard_normal(int(seconds * rate)) * loudness
    return np.clip(drawn, -1, 1).astype(np.float32)


def tone(seconds: float, hertz: float, rate: int = 8_000) -> Samples:
    """A steady tone at a third of full scale."""
    turns = np.arange(int(seconds * rate)) * hertz / rate
    return (np.sin(2 * np.pi * turns) / 3).astype(np.float32)
