"""Proves that bytes are a recording, and makes of it the sound that a model wants."""

import io
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from speech import mp3, wav
from speech.hushed import hushed

LONGEST_SECONDS = 1200  # a call has a limit of 20 minutes
SHORTEST_SECONDS = 0.1  # less than the shortest word
# Hertz. 20 minutes at the highest are 460 MB of memory, twice that while they are resampled.
RATES = range(4_000, 96_001)
MOST_CHANNELS = 2  # the caller, and on some lines the other end
CONTAINERS = {"WAV", "WAVEX", "MP3"}  # libsndfile opens many more, which no carrier sends
BLOCK = 65_536  # frames decoded at a time: soundfile's, one number of each channel
# May hold infinities and nothings, which would spoil every sum; a damaged frame of an MP3
# is louder than any sound, and would shift and drown the rest.
FLOATING = {"FLOAT", "DOUBLE", "MPEG_LAYER_III"}
# Two channels whose sum has less than this of the louder one's power are one voice and its mirror
# image, as from a line wired the wrong way round. Two voices have half of it, a lone one a quarter.
OPPOSED = 0.1
# Beside a channel with less than this of its power a voice is alone, or nearly.
LONE = 0.01
NO_SOUND = {True: "cut off before any sound", False: "the file holds no sound"}  # by `cut_short`


class NotAudio(Exception):
    """Raised for bytes that are no recording; `reason` is a phrase that staff read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, eq=False)
class Sound:
    """One recording, decoded; `seconds`, `rate` (hertz) and `channels` are the file's.

    `samples` lie between -1 and 1, the channels mixed into one. `cut_short` says that the file
    promises more than it holds, `goes_on` that another sound follows in it.
    """

    seconds: float
    rate: int
    channels: int
    samples: npt.NDArray[np.float32]
    cut_short: bool
    goes_on: bool = False


def prove(data: bytes, longest_seconds: float = LONGEST_SECONDS) -> Sound:
    """Decode a whole WAV (8 or 16 bit, µ-law and others) or MP3 file.

    Raises NotAudio: empty, a web page, unreadable, too long, cut off before any sound. A file
    that ends early is kept as far as it goes, because somebody spoke it.
    """
    _doubt(data)
    data, cut_short, goes_on = _mended(data)
    if not data:
        raise NotAudio(NO_SOUND[cut_short])
    try:
        hush = hushed() if data.startswith(mp3.STARTS) else nullcontext()
        with hush, soundfile.SoundFile(io.BytesIO(data)) as file:
            _check(file, longest_seconds)
            samples = _decode(file)
            cut_short = cut_short or len(samples) < file.frames
    except soundfile.SoundFileError as error:
        raise NotAudio("the file cannot be read as WAV or MP3") from error
    seconds = len(samples) / file.samplerate
    if seconds < SHORTEST_SECONDS:
        short = f"its sound is shorter than {SHORTEST_SECONDS:g} s"
        raise NotAudio(short if seconds and not cut_short else NO_SOUND[cut_short])
    return Sound(seconds, file.samplerate, file.channels, samples, cut_short, goes_on)


def _mended(data: bytes) -> tuple[bytes, bool, bool]:
    """The file with true sizes in its header, whether that promised more, and `goes_on`."""
    found = mp3.counted(data) if data.startswith(mp3.STARTS) else None
    if found:
        return found.data, found.cut_short, found.goes_on
    begun, goes_on = wav.first(data)
    return wav.closed(begun), wav.promises_more(data), goes_on


def convert(sound: Sound, rate: int) -> bytes:
    """The sound as 16-bit mono PCM at `rate` hertz, without the steady offset of a bad line.

    soxr limits the band, or hiss from above it would fold into the voice. What overshoots is
    clipped: 16-bit numbers that wrap round are heard as bangs.
    """
    centred = sound.samples - np.float32(sound.samples.mean(dtype=np.float64))
    resampled = centred if sound.rate == rate else soxr.resample(centred, sound.rate, rate)
    pcm: npt.NDArray[np.int16] = np.clip(np.rint(resampled * 32_767), -32_768, 32_767).astype("<i2")
    return pcm.tobytes()


def _doubt(data: bytes) -> None:
    """Error pages arrive under the name of a recording: say what they are."""
    if not data:
        raise NotAudio("the file is empty")
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        raise NotAudio("the file is a web page, not sound")
    if start.startswith((b"{", b"[")):
        raise NotAudio("the file is a message between computers (JSON), not sound")


def _check(file: soundfile.SoundFile, longest_seconds: float) -> None:
    """Judge the header before anything is decoded: one bad file must not stop the worker."""
    if file.format not in CONTAINERS:
        raise NotAudio(f"the file is {file.format}, not WAV or MP3")
    if file.channels > MOST_CHANNELS:
        raise NotAudio(f"the file claims {file.channels} channels")
    if file.samplerate not in RATES:
        raise NotAudio(f"the file claims {file.samplerate} samples a second")
    if file.frames > longest_seconds * file.samplerate:
        raise NotAudio(f"longer than {longest_seconds / 60:g} minutes")


def _decode(file: soundfile.SoundFile) -> npt.NDArray[np.float32]:
    """Mix the channels block by block; never more than the frames that were checked."""
    samples = np.zeros(file.frames, np.float32)
    done = 0
    while (wanted := min(BLOCK, file.frames - done)) > 0:
        block = file.read(wanted, "float32", always_2d=True)
        if not len(block):
            break
        if file.subtype in FLOATING:
            block = np.clip(np.nan_to_num(block), -1, 1)
        samples[done : done + len(block)] = _mixed(block) if file.channels > 1 else block[:, 0]
        done += len(block)
    return samples[:done]


def _mixed(block: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Both channels as one, or the louder where they would wipe each other out.

    A lone voice keeps its loudness, and shows where it was too loud for the line.
    """
    mixed: npt.NDArray[np.float32] = block.mean(axis=1)
    power = np.einsum("ij,ij->j", block, block)
    if mixed @ mixed < OPPOSED * power.max():
        return block[:, power.argmax()]
    return np.clip(2 * mixed, -1, 1) if power.min() < LONE * power.max() else mixed
