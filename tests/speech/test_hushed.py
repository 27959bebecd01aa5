"""A bad MP3 file does not fill the log, and takes nobody's lines from it."""

import os
import random

import numpy as np
import pytest

from speech.audio import prove
from speech.hushed import hushed

FRAME = bytes.fromhex("fff340c4"), 104  # a header of 32 kbit/s at 22,050 hertz; bytes in all


def _garbage(frames: int) -> bytes:
    """Frames with a true header and no sound in them."""
    dice, (head, size) = random.Random(1), FRAME
    return b"".join(head + dice.randbytes(size - len(head)) for _ in range(frames))


def test_an_mp3_of_garbage_is_one_line_of_the_log(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    prove(_garbage(2_000))
    assert "libmpg123" not in capfd.readouterr().err
    assert ["an MP3 file has faults" in line for line in caplog.messages] == [True]


def test_an_mp3_of_garbage_is_no_louder_than_a_sound_can_be() -> None:
    assert np.abs(prove(_garbage(2_000)).samples).max() <= 1


def test_what_others_write_meanwhile_is_kept(capfd: pytest.CaptureFixture[str]) -> None:
    with hushed():
        os.write(2, b"[src/libmpg123/layer3.c] error\nthe clock has stopped\n")
    assert capfd.readouterr().err.startswith("the clock has stopped\n")


def test_after_a_decoder_that_fails_stderr_is_itself_again(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ValueError, match="broken"), hushed():
        raise ValueError("broken")
    os.write(2, b"here\n")
    assert capfd.readouterr().err == "here\n"
