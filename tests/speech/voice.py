"""A synthetic caller: espeak-ng, from its wheel, speaks into a numpy array."""

import ctypes
from functools import cache

import espeakng_loader
import numpy as np
import numpy.typing as npt

RATE = 22_050  # hertz, espeak-ng's own
SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
UTF8 = 1  # espeakCHARS_UTF8
EN_GB = "gmw/en"  # the file of en-gb, as espeak-ng keeps it
SPEED = 1  # espeakRATE, words a minute
CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)

_heard: list[npt.NDArray[np.int16]] = []


@CALLBACK
def _collect(samples: ctypes._Pointer, count: int, _events: int) -> int:
    if samples and count:
        _heard.append(np.ctypeslib.as_array(samples, (count,)).copy())
    return 0


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    assert library.espeak_Initialize(SYNCHRONOUS, 0, data, 0) == RATE
    library.espeak_SetSynthCallback(_collect)
    return library


@cache
def say(text: str, voice: str = EN_GB, speed: int = 150) -> npt.NDArray[np.float32]:
    """`text` spoken, as samples between -1 and 1 at RATE, with half a second round it."""
    library = _library()
    _heard.clear()
    assert library.espeak_SetVoiceByName(voice.encode()) == 0
    library.espeak_SetParameter(SPEED, speed, 0)
    spoken = text.encode()
    assert library.espeak_Synth(spoken, len(spoken) + 1, 0, 0, 0, UTF8, None, None) == 0
    quiet = np.zeros(RATE // 2, np.float32)
    return np.concatenate([quiet, *(part.astype(np.float32) / 32_768 for part in _heard), quiet])
