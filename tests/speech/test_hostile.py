"""What strangers may send as a recording ends with a plain reason, soon, and in little memory."""

import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from tape import file, noise, spoken, tone, with_header

from speech import models
from speech.audio import NotAudio
from speech.hearing import hear
from speech.transcriber import Model

TONE = tone(2, 300)
WAV = file(TONE)
MP3 = file(TONE, kind="MP3")
ID3 = b"ID3\x04\x00\x00" + bytes([0x7F] * 4)  # a tag that claims 256 MB
NAN = np.full(16_000, np.nan, np.float32)

REFUSED = {
    "nothing": b"",
    "a page": b"<!doctype html><title>502</title>",
    "cut in the header": WAV[:30],
    "0 channels": with_header(WAV, 22, "<H", 0),
    "255 channels": with_header(WAV, 22, "<H", 255),
    "1 hertz": with_header(WAV, 24, "<I", 1),
    "4 gigahertz": with_header(WAV, 24, "<I", 4_000_000_000),
    "a bomb of a tag": ID3 + bytes(1000),
    "garbage after a tag": b"ID3\x04\x00\x00\x00\x00\x00\x10" + bytes(range(256)) * 40,
    "garbage frames": b"\xff\xfb\x90\x00" + bytes(range(255, -1, -1)) * 40,
    "only a name": b"RIFF" + struct.pack("<I", 0xFFFFFFF0) + b"WAVE",
    "4 hours": with_header(file(TONE, subtype="PCM_U8"), 40, "<I", 0xFFFFFFFF)
    + bytes(8000 * 14_400),
}  # fmt: skip
HEARD = {
    "a huge size": with_header(with_header(WAV, 4, "<I", 2**31), 40, "<I", 2**31),
    "cut off": WAV[: len(WAV) // 2],
    "half an MP3": MP3[: len(MP3) // 2],
    "24 bits": file(TONE, subtype="PCM_24"),
    "32 bits": file(TONE, subtype="PCM_32"),
    "ADPCM": file(TONE, subtype="MS_ADPCM"),
    "A-law": file(TONE, subtype="ALAW"),
    "no numbers": file(NAN, subtype="FLOAT"),
    "huge numbers": file(np.full(16_000, 3e38, np.float32), subtype="FLOAT"),
    "noise": file(noise(5, 0.3)),
    "clipping": file(np.sign(tone(5, 170))),
    "a steady offset": file(np.full(16_000, 0.9, np.float32)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_sound_is_refused_with_a_plain_reason(model: Model, what: str) -> None:
    started = time.process_time()
    with pytest.raises(NotAudio) as refused:
        hear(model, REFUSED[what])
    assert 5 < len(refused.value.reason) < 100
    assert time.process_time() - started < 2


@pytest.mark.parametrize("what", HEARD)
def test_odd_sound_is_heard_and_never_taken_for_words(model: Model, what: str) -> None:
    started = time.process_time()
    heard = hear(model, HEARD[what])
    assert heard.state in ("no_speech", "unclear")
    assert heard.reason
    assert time.process_time() - started < 20


def test_the_worst_of_them_needs_little_memory(tmp_path: Path) -> None:
    worst = tmp_path / "it"
    worst.write_bytes(REFUSED["4 hours"])
    # VmHWM is the most that this process itself had; ru_maxrss would count pytest's at the fork.
    code = (
        "import re, sys; from pathlib import Path; from speech.audio import prove, NotAudio\n"
        "try: prove(Path(sys.argv[1]).read_bytes())\n"
        "except NotAudio: print(*re.findall(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()))"
    )
    command = [sys.executable, "-c", code, str(worst)]
    root = models.DEMO.parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert int(done.stdout) * 1024 < worst.stat().st_size + 100_000_000


KIND = "the nurse was very kind"


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_U8", "ULAW"])
@pytest.mark.parametrize("channels", [1, 2])
def test_words_have_their_times_in_every_coding(
    model: Model, rate: int, subtype: str, channels: int
) -> None:
    said = spoken(KIND, rate)
    loud = np.flatnonzero(np.abs(said) > 0.01)
    silence = np.zeros(int(7 * rate), np.float32)
    whole = np.concatenate([silence, said[loud[0] : loud[-1]], silence])
    if channels == 2:
        whole = np.stack([0 * whole, whole], axis=1)
    words = hear(model, file(whole, rate, subtype=subtype)).words
    ends = 7 + (loud[-1] - loud[0]) / rate
    assert [words[0].start, words[-1].end] == pytest.approx([7, ends], abs=0.1)
