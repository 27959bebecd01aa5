"""What arrives under the name of a recording: sound, or a reason that staff understand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tape import file, noise, tone, with_header

from speech.audio import NotAudio, prove
from speech.level import level

WAV = file(tone(2, 300))
MP3 = file(tone(2, 300), kind="MP3")


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 96_000])
def test_a_recording_keeps_its_length_at_any_rate(rate: int) -> None:
    assert prove(file(tone(2, 300, rate), rate)).seconds == 2


@pytest.mark.parametrize(
    ("kind", "subtype"),
    [
        pytest.param("WAV", "PCM_16", id="16 bit"),
        pytest.param("WAV", "PCM_U8", id="8 bit"),
        pytest.param("WAV", "ULAW", id="µ-law"),
        pytest.param("WAV", "ALAW", id="A-law"),
        pytest.param("WAV", "FLOAT", id="floating point"),
        pytest.param("WAVEX", "PCM_16", id="extended header"),
        pytest.param("MP3", None, id="MP3"),
    ],
)
def test_every_coding_of_a_carrier_is_the_same_sound(kind: str, subtype: str | None) -> None:
    sound = prove(file(tone(2, 300), kind=kind, subtype=subtype))
    assert np.abs(sound.samples[4_000:8_000]).max() == pytest.approx(1 / 3, abs=0.03)


def test_two_channels_are_mixed_into_one() -> None:
    caller = tone(1, 300)
    sound = prove(file(np.stack([caller, np.zeros_like(caller)], axis=1)))
    assert (sound.channels, sound.samples.shape) == (2, (8_000,))


@pytest.mark.parametrize("other", [-1, -0.97])
def test_a_voice_and_its_mirror_image_do_not_wipe_each_other_out(other: float) -> None:
    caller = tone(1, 300)
    sound = prove(file(np.stack([caller, caller * np.float32(other)], axis=1)))
    assert np.abs(sound.samples).max() == pytest.approx(1 / 3, abs=0.01)


def test_a_lone_voice_on_two_channels_is_as_loud_as_on_one() -> None:
    voice = np.clip(4 * tone(2, 300), -1, 1)
    both = prove(file(np.stack([0 * voice, voice], axis=1)))
    assert level(both) == level(prove(file(voice)))


def test_a_soft_voice_beside_a_loud_one_is_not_lost() -> None:
    loud, soft = tone(1, 300), 0.05 * tone(1, 700)
    both = prove(file(np.stack([loud, soft], axis=1)))
    assert np.allclose(both.samples, loud + soft, atol=0.001)


def test_two_voices_at_once_are_both_there() -> None:
    both = np.stack([tone(1, 300), tone(1, 700)], axis=1)
    assert np.allclose(prove(file(both)).samples, both.mean(axis=1), atol=0.001)


def test_a_recording_longer_than_one_block_is_whole() -> None:
    whole = noise(20, 0.1)
    assert np.allclose(prove(file(whole, subtype="FLOAT")).samples, whole)


def test_a_whole_file_is_not_called_cut_short() -> None:
    assert not prove(WAV).cut_short


@pytest.mark.parametrize("whole", [WAV, MP3], ids=["WAV", "MP3"])
def test_a_file_that_ends_early_is_kept_as_far_as_it_goes(whole: bytes) -> None:
    sound = prove(whole[: len(whole) // 2])
    assert (sound.cut_short, round(sound.seconds)) == (True, 1)


@pytest.mark.parametrize("size", [0x7FFFFFF0, 0xFFFFFFFF])
def test_a_streamed_file_without_its_size_is_whole(size: int) -> None:
    sound = prove(with_header(with_header(WAV, 4, "<I", size), 40, "<I", size))
    assert (sound.cut_short, sound.seconds) == (False, 2)


@pytest.mark.parametrize("riff", [0, 0xFFFFFFFF])
def test_a_streamed_file_is_cut_short_where_its_sound_has_a_size_and_ends_before(riff: int) -> None:
    sound = prove(with_header(WAV, 4, "<I", riff)[: len(WAV) // 2])
    assert (sound.cut_short, round(sound.seconds)) == (True, 1)


@pytest.mark.parametrize("riff", [0, 0xFFFFFFFF])
def test_a_streamed_file_with_all_the_sound_that_it_promises_is_whole(riff: int) -> None:
    assert not prove(with_header(WAV, 4, "<I", riff)).cut_short


@pytest.mark.parametrize("riff", [0, len(WAV) - 8])
def test_a_file_that_its_writer_never_closed_is_whole(riff: int) -> None:
    sound = prove(with_header(with_header(WAV, 4, "<I", riff), 40, "<I", 0))
    assert (sound.cut_short, sound.seconds) == (False, 2)


def test_what_stands_behind_an_empty_sound_is_not_taken_for_it() -> None:
    behind = b"LIST" + (8_000).to_bytes(4, "little") + bytes(8_000)
    empty = with_header(with_header(WAV[:44], 40, "<I", 0), 4, "<I", 36 + len(behind))
    with pytest.raises(NotAudio, match="the file holds no sound"):
        prove(empty + behind)


@pytest.mark.parametrize("silence", [b"U", b"\xd5", b"n", b"\xff"], ids=["A", "A-", "µ", "µ-"])
def test_a_telephones_silence_at_the_beginning_of_a_streamed_file_is_sound(silence: bytes) -> None:
    code = file(tone(2, 300), subtype="ALAW")
    start = code.index(b"data") + 8
    streamed = code[: start - 4] + bytes(4) + silence * 4_000 + code[start + 4_000 :]
    assert prove(streamed).seconds == pytest.approx(2)


def test_sound_behind_what_an_early_header_knew_of_is_heard_too() -> None:
    early = with_header(with_header(WAV, 4, "<I", 16_036), 40, "<I", 16_000)
    sound = prove(early)
    assert (sound.cut_short, sound.seconds) == (False, 2)


@pytest.mark.parametrize("gone", [0, 100, 395])
def test_a_chunk_behind_the_sound_is_none_of_it_though_it_is_cut_off(gone: int) -> None:
    behind = b"bext" + (392).to_bytes(4, "little") + bytes(392)
    whole = with_header(WAV, 4, "<I", len(WAV) - 8 + len(behind)) + behind
    assert prove(whole[: len(whole) - gone]).seconds == 2


LATER = b"data" + (16_000).to_bytes(4, "little") + bytes(16_000)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WAV + WAV, id="two files"),
        pytest.param(WAV + WAV[:900], id="a second that is cut off"),
        pytest.param(with_header(WAV, 4, "<I", len(WAV) - 8 + len(LATER)) + LATER, id="two sounds"),
    ],
)
def test_the_first_of_two_sounds_in_one_file_is_heard_and_the_second_told_of(data: bytes) -> None:
    sound = prove(data)
    assert (sound.goes_on, sound.cut_short, sound.seconds) == (True, False, 2)


def test_an_odd_number_of_bytes_before_a_second_file_is_heard_too() -> None:
    odd = file(tone(2, 300)[:15_999], subtype="PCM_U8")
    assert prove(odd + WAV).goes_on


def test_sound_behind_a_chunk_that_lacks_its_last_byte_is_found() -> None:
    odd = b"LIST" + (5).to_bytes(4, "little") + b"INFO."
    sound = prove(WAV[:36] + odd + WAV[36:])
    assert (sound.cut_short, sound.seconds) == (False, 2)


def test_infinities_and_nothings_become_numbers() -> None:
    wild = tone(1, 300)
    wild[:3] = [np.nan, np.inf, -np.inf]
    assert prove(file(wild, subtype="FLOAT")).samples[:3].tolist() == [0, 1, -1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"\n<!DOCTYPE html><p>503", "the file is a web page, not sound", id="page"),
        pytest.param(b'{"code": 20404}', "message between computers", id="JSON"),
        pytest.param(bytes(5_000), "cannot be read as WAV or MP3", id="zeros"),
        pytest.param(WAV[:20], "cannot be read as WAV or MP3", id="cut in the header"),
        pytest.param(WAV[:44], "cut off before any sound", id="cut after the header"),
        pytest.param(WAV[:800], "cut off before any sound", id="cut after 0.05 s"),
        pytest.param(file(tone(0, 300)), "the file holds no sound", id="no samples"),
        pytest.param(file(tone(0.05, 300)), "its sound is shorter than 0.1 s", id="a click"),
        pytest.param(file(tone(1, 300), kind="FLAC"), "FLAC, not WAV or MP3", id="FLAC"),
        pytest.param(with_header(WAV, 22, "<H", 900), "claims 900 channels", id="channels"),
        pytest.param(with_header(WAV, 22, "<H", 0), "cannot be read", id="no channel"),
        pytest.param(with_header(WAV, 24, "<I", 9), "claims 9 samples a second", id="slow"),
        pytest.param(with_header(WAV, 24, "<I", 10**8), "claims 100000000 samples", id="fast"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotAudio, match=reason):
        prove(data)


def test_a_recording_of_four_hours_is_refused_before_it_is_decoded() -> None:
    four_hours = file(np.zeros(8_000, np.float32), subtype="ULAW") + bytes(4 * 3600 * 8_000)
    streamed = with_header(four_hours, 54, "<I", 0xFFFFFFFF)
    with pytest.raises(NotAudio, match="longer than 20 minutes"):
        prove(streamed)


def test_the_longest_allowed_is_the_callers_choice() -> None:
    with pytest.raises(NotAudio, match="longer than 1 minutes"):
        prove(file(tone(61, 300)), longest_seconds=60)


def _sound_or_reason(data: bytes) -> bool:
    try:
        return prove(data).seconds > 0
    except NotAudio as refused:
        return bool(refused.reason)


@given(st.binary(max_size=600))
def test_any_bytes_are_sound_or_have_a_reason(data: bytes) -> None:
    assert _sound_or_reason(data)


@given(st.sampled_from([WAV, MP3]), st.integers(0, 200), st.binary(min_size=1, max_size=16))
def test_a_damaged_file_is_sound_or_has_a_reason(whole: bytes, at: int, damage: bytes) -> None:
    assert _sound_or_reason(whole[:at] + damage + whole[at + len(damage) :])
