"""What the model is given: 16 bits, its own rate, nothing folded, wrapped or shifted."""

import numpy as np
import pytest
from tape import Samples, file, tone

from speech.audio import Sound, convert, prove
from speech.level import SILENCE_DB, level


def _sound(samples: Samples, rate: int = 8_000) -> Sound:
    return Sound(len(samples) / rate, rate, 1, samples, cut_short=False)


def _numbers(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, "<i2").astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 16_000])
def test_the_length_in_seconds_stays(rate: int) -> None:
    pcm = convert(_sound(tone(2, 300, 22_050), 22_050), rate)
    assert len(pcm) / 2 / rate == 2


def test_a_steady_offset_is_removed() -> None:
    assert abs(_numbers(convert(_sound(tone(1, 300) + np.float32(0.2)), 8_000)).mean()) < 1


def test_hiss_above_the_telephones_band_does_not_fold_into_the_voice() -> None:
    hiss = convert(_sound(tone(1, 7_000, 44_100), 44_100), 8_000)
    assert np.abs(_numbers(hiss)[400:-400]).max() < 10


def test_the_loudest_sound_is_clipped_and_not_wrapped_round() -> None:
    square = np.sign(tone(1, 100, 22_050))
    waves = _numbers(convert(_sound(square, 22_050), 8_000)).reshape(100, 80)
    assert waves[:, 5:35].min() > 25_000


def test_silence_has_a_level_that_is_a_number() -> None:
    assert level(_sound(np.zeros(800, np.float32))).peak_db == SILENCE_DB


def test_a_tone_at_a_third_of_full_scale_has_its_level() -> None:
    assert level(_sound(tone(1, 300))).peak_db == pytest.approx(-9.54, abs=0.01)


def test_a_steady_offset_does_not_make_a_soft_voice_loud() -> None:
    offset = level(_sound(tone(1, 300) * np.float32(0.01) + np.float32(0.3)))
    assert offset.peak_db == pytest.approx(-49.54, abs=0.01)


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_U8", "ULAW"])
def test_clipping_is_seen_in_every_coding(subtype: str) -> None:
    clipped = np.clip(tone(1, 300) * 6, -1, 1)
    assert level(prove(file(clipped, subtype=subtype))).clipped == pytest.approx(0.65, abs=0.05)


def test_a_loud_clean_voice_is_not_called_clipped() -> None:
    assert level(_sound(tone(1, 300) * np.float32(2.9))).clipped == 0
