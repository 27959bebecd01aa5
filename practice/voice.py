"""A voice for people who do not exist, and for hearing the line's prompts."""

import ctypes
from functools import cache
from threading import Lock

import espeakng_loader
import numpy as np
import soxr

from practice.sound import RATE, to_wav

SYNCHRONOUS = 2
UTF8 = 1
SPEED = 1
OK = 0
# The engine files British English under plain English, and knows only the names of files.
FILED_AS = {"en-gb": "en"}

Heard = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)

# The engine is one for the whole process and speaks with one voice at a time.
_engine_lock = Lock()


class NoVoiceError(Exception):
    """The engine did not start, or has no voice of that name."""


def speak(words: str, voice: str = "en-gb", speed: int = 150) -> bytes:
    """Return the words spoken at ``speed`` words a minute, as a telephone WAV.

    Raises NoVoiceError when the engine has no such voice.
    """
    with _engine_lock:
        samples, rate = spoken(words, voice, speed)
    resampled = soxr.resample(samples, rate, RATE)
    return to_wav(np.asarray(resampled, dtype=np.int16))


def spoken(words: str, voice: str, speed: int) -> tuple[np.ndarray, int]:
    """The words as the engine speaks them, 16-bit samples, and their rate. Raises NoVoiceError."""
    engine, rate = _engine()
    if engine.espeak_SetVoiceByName(FILED_AS.get(voice, voice).encode()) != OK:
        raise NoVoiceError(f"espeak-ng has no voice {voice!r}")
    engine.espeak_SetParameter(SPEED, speed, 0)
    chunks: list[np.ndarray] = []

    def keep(chunk: "ctypes._Pointer[ctypes.c_short]", count: int, events: int) -> int:
        if chunk and count:
            # The engine uses the same memory for its next chunk: copy.
            chunks.append(np.ctypeslib.as_array(chunk, (count,)).copy())
        return 0

    callback = Heard(keep)
    engine.espeak_SetSynthCallback(callback)
    text = words.encode()
    engine.espeak_Synth(text, len(text) + 1, 0, 0, 0, UTF8, None, None)
    return np.concatenate([np.zeros(0, np.int16), *chunks]), rate


@cache
def _engine() -> tuple[ctypes.CDLL, int]:
    engine = ctypes.CDLL(espeakng_loader.get_library_path())
    engine.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    rate = engine.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    if rate <= 0:
        raise NoVoiceError("espeak-ng did not start")
    return engine, rate
