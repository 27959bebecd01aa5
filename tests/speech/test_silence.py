"""Long silences are not decoded, nobody's words are lost by it, and the times stay true."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tape import Samples, file, noise, spoken

from speech import hearing
from speech.hearing import hear
from speech.silence import Kept, keep
from speech.transcriber import Model, Transcript, Word

RATE = 8_000
PIECES = ["the nurse was very kind", "we waited three hours", "nobody answered the phone"]


def _pcm(samples: Samples) -> bytes:
    return np.rint(np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()


def _trimmed(text: str) -> Samples:
    """The words alone, without the silence that the voice makes round them."""
    samples = spoken(text)
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[loud[0] : loud[-1]]


def _at(decibels: float, samples: Samples) -> Samples:
    return samples * np.float32(10 ** (decibels / 20) / np.sqrt(np.mean(samples**2)))


def _with_pauses(pauses: list[float]) -> tuple[Samples, list[float]]:
    """The pieces with exact silences before and after each, and when each piece begins."""
    parts, begins, at = [], [], 0
    for text, pause in zip(PIECES, pauses, strict=False):
        parts += [np.zeros(int(pause * RATE), np.float32), _trimmed(text)]
        begins.append((at + len(parts[-2])) / RATE)
        at += len(parts[-2]) + len(parts[-1])
    return np.concatenate([*parts, np.zeros(int(pauses[-1] * RATE), np.float32)]), begins


def _kept(kept: Kept, samples: Samples) -> Samples:
    """Which samples are decoded, as 0 and 1."""
    mask = np.zeros(len(samples), np.float32)
    for first, end in kept.stretches:
        mask[first:end] = 1
    return mask


@pytest.mark.parametrize(
    "pauses", [[0.5, 0.5, 0.5, 0.5], [3, 2, 9, 4], [0, 20, 1.2, 0], [8, 0.8, 1.1, 12]], ids=str
)
def test_words_have_the_times_at_which_they_are_spoken(model: Model, pauses: list[float]) -> None:
    samples, begins = _with_pauses(pauses)
    words = hear(model, file(samples)).words
    # Each piece begins where the word begins whose time lies nearest to it.
    found = [min((word.start for word in words), key=lambda t: abs(t - at)) for at in begins]
    assert found == pytest.approx(begins, abs=0.1)


def test_the_words_are_the_same_with_and_without_long_silences(model: Model) -> None:
    short, long = (_with_pauses([pause] * 4)[0] for pause in (0.6, 6))
    assert hear(model, file(short)).text == hear(model, file(long)).text


def test_a_long_silence_costs_no_decoding() -> None:
    samples, _ = _with_pauses([10, 10, 10, 10])
    assert _kept(keep(_pcm(samples), RATE), samples).sum() / RATE < len(samples) / RATE - 35


@pytest.mark.parametrize("under", [40, 20, 10, 5, 0], ids=lambda db: f"noise {db} dB under")
@pytest.mark.parametrize("loudness", [-20, -40, -50], ids=lambda db: f"voice at {db} dB")
def test_no_part_of_a_voice_is_skipped_however_soft(loudness: int, under: int) -> None:
    samples = _at(loudness, _with_pauses([3, 3, 3, 3])[0])
    hiss = _at(loudness - under, noise(len(samples) / RATE + 1, 0.1))[: len(samples)]
    lost = samples[_kept(keep(_pcm(samples + hiss), RATE), samples) == 0]
    assert np.abs(lost).max(initial=0) < 0.02 * 10 ** (loudness / 20)


def test_a_whisper_after_a_loud_voice_is_not_skipped() -> None:
    loud = np.concatenate([_trimmed(text) for text in PIECES * 4])
    whisper = loud[: 3 * RATE] * np.float32(0.01)
    samples = np.concatenate([loud, whisper]) + noise(60, 0.0001)[: len(loud) + len(whisper)]
    assert _kept(keep(_pcm(samples), RATE), samples).all()


@pytest.mark.parametrize("loudness", [0.0, 0.001, 0.1], ids=["none", "soft", "loud"])
def test_steady_sound_alone_leaves_nothing_to_decode(loudness: float) -> None:
    assert keep(_pcm(noise(20, loudness)), RATE).stretches == ()


def test_somebody_short_of_breath_keeps_every_pause_in_the_times(model: Model) -> None:
    words = [_trimmed(word) for word in ("nurse", "hospital", "doctor")]
    gap = np.zeros(int(1.3 * RATE), np.float32)
    heard = hear(model, file(np.concatenate([gap, *(part for w in words for part in (w, gap))])))
    assert [b.start - a.end > 1 for a, b in pairwise(heard.words)] == [True, True]


def test_where_the_machine_gave_up_is_told_in_the_time_of_the_whole_recording(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = Transcript("the nurse", 1, (Word("nurse", 0.5, 1, 1),), 1.0, gave_up=True)
    monkeypatch.setattr(hearing, "transcribe", lambda *_: given_up)
    samples, _ = _with_pauses([9, 2, 2, 2])
    assert hear(model, file(samples)).reason == "the machine gave up after 10 s of it"


SOUNDS = st.lists(st.tuples(st.floats(0.01, 3), st.sampled_from([0.0, 0.001, 0.3])), max_size=6)


@given(SOUNDS)
def test_the_map_of_any_recording_goes_forward_and_stays_inside(
    parts: list[tuple[float, float]],
) -> None:
    samples = np.concatenate([np.zeros(0, np.float32), *(noise(s, db) for s, db in parts)])
    kept = keep(_pcm(samples), RATE)
    joined = len(kept.sound(_pcm(samples))) / 2 / RATE
    if not kept.stretches:
        return
    times = [kept.began(at) for at in np.linspace(0, joined, 50)]
    assert all(a <= b for a, b in pairwise([0.0, *times, len(samples) / RATE]))


def test_at_a_joint_one_word_ends_before_the_silence_and_the_next_begins_after() -> None:
    kept = Kept(((0, 8_000), (40_000, 48_000)), RATE)
    assert (kept.ended(1), kept.began(1), kept.ended(2)) == (1, 5, 6)
