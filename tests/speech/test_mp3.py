"""All the sound of an MP3 file is heard, whatever its first frame says of how much there is."""

import io
import struct
import time

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from tape import Samples, file, noise, spoken, tone

from speech.audio import NotAudio, prove
from speech.hearing import hear
from speech.mp3 import counted
from speech.transcriber import Model

RATE = 22_050
TONE = file(tone(2, 300), kind="MP3")
TABLE = TONE.index(b"Xing")
FIRST = 288  # bytes of its first frame: 32 kbit/s at 8 kHz


def _varying(samples: Samples) -> bytes:
    """The samples in frames as large as each needs, behind a table of them."""
    target = io.BytesIO()
    with soundfile.SoundFile(
        target, "w", RATE, 1, format="MP3", bitrate_mode="VARIABLE", compression_level=0.3
    ) as opened:
        opened.write(samples)
    return bytes(target.getvalue())


LOUD_THEN_QUIET = _varying(np.concatenate([noise(5, 0.3, RATE), noise(15, 0.0001, RATE)]))


def _without_table(mp3: bytes) -> bytes:
    """The frames behind the first, which begin as it does."""
    return mp3[mp3.index(mp3[:2], 2) :]


def _promising(frames: int) -> bytes:
    return TONE[: TABLE + 8] + struct.pack(">I", frames) + TONE[TABLE + 12 :]


def test_frames_of_many_sizes_are_all_heard_without_a_table_of_them() -> None:
    sound = prove(_without_table(LOUD_THEN_QUIET))
    assert sound.seconds == pytest.approx(20, abs=0.1)
    assert not sound.cut_short


@pytest.mark.parametrize("rate", [8_000, 11_025, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_file_without_a_table_is_whole_at_any_rate(rate: int, channels: int) -> None:
    whole = file(np.stack([tone(2, 300, rate)] * channels, axis=1), rate, kind="MP3")
    sound = prove(_without_table(whole))
    assert sound.seconds == pytest.approx(2, abs=0.25)
    assert not sound.cut_short


def test_two_files_in_one_are_both_heard(model: Model) -> None:
    kind, cold = (file(spoken(said), kind="MP3") for said in ("the nurse was kind", "it was cold"))
    assert hear(model, kind + cold).text == "the nurse was kind it was cold"


@pytest.mark.parametrize("frames", [0, 3, 100_000, 2**32 - 1])
def test_a_wrong_number_of_frames_is_not_believed(frames: int) -> None:
    sound = prove(_promising(frames))
    assert (sound.seconds, sound.cut_short) == (2, frames > 3)


def test_another_makers_table_is_no_sound() -> None:
    table = bytes(32) + b"VBRI" + bytes(10) + struct.pack(">I", 3)
    first = TONE[:4] + table.ljust(FIRST - 4, b"\0")
    assert prove(first + TONE[FIRST:]).seconds == pytest.approx(2.1, abs=0.05)


XING_ALONE = (TONE[:TABLE] + b"Xing").ljust(FIRST, b"\0")
VBRI_ALONE = (TONE[:4] + bytes(32) + b"VBRI").ljust(FIRST, b"\0")


CUT_FRAME = TONE[FIRST : 2 * FIRST - 9]


@pytest.mark.parametrize(
    ("mp3", "why"),
    [
        pytest.param(TONE[:FIRST], "cut off before any sound", id="it promises frames"),
        pytest.param(XING_ALONE, "the file holds no sound", id="without numbers"),
        pytest.param(VBRI_ALONE, "the file holds no sound", id="another maker's"),
        pytest.param(XING_ALONE + CUT_FRAME, "cut off before any sound", id="a frame begins"),
        pytest.param(VBRI_ALONE + CUT_FRAME, "cut off before any sound", id="and another maker's"),
    ],
)
def test_a_table_without_sound_is_said_to_hold_none(mp3: bytes, why: str) -> None:
    with pytest.raises(NotAudio, match=why):
        prove(mp3)


@pytest.mark.parametrize(
    "mp3",
    [
        pytest.param(b"ID3\x04\0\0\x5f\x2f\x08\0" + TONE, id="a tag that claims 200 MB"),
        pytest.param(
            b"ID3\x04\0\0\0\0\0\x0a" + bytes(500) + TONE, id="a tag that claims too little"
        ),
        pytest.param(TONE[: 5 * FIRST] + bytes(3_000) + TONE[5 * FIRST :], id="a hole"),
        pytest.param(TONE + bytes(range(256)) * 400, id="nonsense behind it"),
    ],
)
def test_what_is_round_the_frames_and_between_them_is_left_out(mp3: bytes) -> None:
    sound = prove(mp3)
    assert (sound.seconds, sound.cut_short) == (2, False)


def test_sound_of_another_rate_behind_it_is_said_to_be_unheard(model: Model) -> None:
    first, other = file(spoken("the nurse was kind"), kind="MP3"), tone(2, 300, 11_025)
    heard = hear(model, first + file(other, 11_025, kind="MP3"))
    assert (heard.state, heard.cut_short) == ("unclear", False)
    assert heard.reason == "what follows after 2 s is another sound, and was not heard"


def test_a_last_frame_that_is_not_whole_is_said_to_be_missing() -> None:
    assert prove(_without_table(TONE)[:-10]).cut_short


def test_beginnings_without_a_frame_take_no_time() -> None:
    started = time.process_time()
    assert counted(b"\xff\xfb\x90\x00" * 2_000_000) is None
    assert time.process_time() - started < 3


@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 60))
def test_no_bytes_are_too_odd_to_be_counted(odd: bytes, at: int, gone: int) -> None:
    changed = TONE[:at] + odd + TONE[at + gone :]
    found = counted(changed)
    assert found is None or len(found.data) < len(changed) + 600
