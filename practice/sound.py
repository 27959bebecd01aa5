"""Telephone audio: 8,000 samples a second, 16 bits, one voice."""

import io
import wave

import numpy as np
from numpy.typing import NDArray

RATE = 8000
Samples = NDArray[np.int16]


def silence(seconds: float) -> Samples:
    """Return that much of nobody speaking."""
    return np.zeros(round(seconds * RATE), dtype=np.int16)


def seconds_of(samples: Samples) -> float:
    """Return how long it takes to hear."""
    return len(samples) / RATE


def to_wav(samples: Samples) -> bytes:
    """Return the samples as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


def from_wav(wav: bytes) -> Samples:
    """Return the samples of a telephone WAV; ValueError when it is of another kind."""
    with wave.open(io.BytesIO(wav)) as reader:
        if (reader.getframerate(), reader.getsampwidth(), reader.getnchannels()) != (RATE, 2, 1):
            raise ValueError("not telephone audio: 8 kHz, 16 bits, mono")
        return np.frombuffer(reader.readframes(reader.getnframes()), dtype=np.int16)
