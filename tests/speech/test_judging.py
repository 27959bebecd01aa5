"""Whether words can be shown as they are, or a person has to listen first, and why."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tape import file, spoken

from speech.hearing import hear
from speech.judging import judge
from speech.level import Level
from speech.transcriber import Model, Transcript, Word
from speech.voiced import Voiced

FINE = Level(peak_db=-3, clipped=0)
KIND = "the nurse was kind"


def _transcript(text: str, confidence: float = 0.95) -> Transcript:
    words = tuple(Word(word, at, at + 1, confidence) for at, word in enumerate(text.split()))
    return Transcript(text, confidence if words else 0.0, words, 12)


def _judged(text: str, confidence: float, level: Level, seconds: float) -> tuple[str, str | None]:
    """As when all the words are a voice."""
    voice = Voiced((False,) * len(text.split()))
    return judge(_transcript(text, confidence), level, seconds, voice)


@pytest.mark.parametrize(
    ("text", "confidence", "level", "state", "reason"),
    [
        pytest.param(KIND, 0.95, FINE, "words", None, id="clear"),
        pytest.param("", 0, FINE, "no_speech", "no words were heard in 12 s", id="nothing"),
        pytest.param(
            "", 0, Level(-52, 0), "no_speech",
            "no words were heard in 12 s; "
            "very quiet: 52 dB below the loudest that can be recorded", id="nothing, quiet",
        ),
        pytest.param(
            "um", 0.9, Level(-66, 0), "no_speech",
            "the recording is silent for all of its 12 s", id="silent",
        ),
        pytest.param(
            KIND, 0.48, FINE, "unclear",
            "the machine is 48% sure of its words", id="unsure",
        ),
        pytest.param(
            "the [unk] [unk]", 0.9, FINE, "unclear",
            "2 of 3 are not known to it: another language?", id="unknown words",
        ),
        pytest.param("my nurse [unk]", 0.9, FINE, "words", None, id="one name unknown"),
        pytest.param(
            "the [unk] was kind", 0.6, FINE, "unclear",
            "the machine is 60% sure of its words; "
            "1 of 4 are not known to it: another language?", id="another language",
        ),
        pytest.param("[unk]", 0.9, FINE, "unclear", "only “[unclear]” was heard", id="unknown"),
        pytest.param("um er", 0.9, FINE, "unclear", "only “um er” was heard", id="hum"),
        pytest.param(
            KIND, 0.9, Level(0, 0.08), "unclear",
            "too loud: 8% is distorted", id="clipped",
        ),
        pytest.param(
            KIND, 0.9, Level(-50, 0), "unclear",
            "very quiet: 50 dB below the loudest that can be recorded", id="quiet",
        ),
        pytest.param(
            KIND, 0.5, Level(0, 0.08), "unclear",
            "the machine is 50% sure of its words; too loud: 8% is distorted", id="two reasons",
        ),
    ],
)  # fmt: skip
def test_each_state_has_its_measured_reason(
    text: str, confidence: float, level: Level, state: str, reason: str | None
) -> None:
    assert _judged(text, confidence, level, 12) == (state, reason)


SHARE = st.floats(0, 1)
DECIBELS = st.floats(-120, 0)


@given(
    st.lists(st.sampled_from(["the", "nurse", "[unk]", "um"])),
    SHARE,
    st.builds(Level, DECIBELS, SHARE),
    st.floats(0.1, 1200),
)
def test_words_are_never_empty_and_all_else_has_a_reason(
    heard: list[str], confidence: float, level: Level, seconds: float
) -> None:
    state, reason = _judged(" ".join(heard), confidence, level, seconds)
    assert bool(heard) and reason is None if state == "words" else reason


def test_a_clear_voice_becomes_words_without_a_reason(model: Model) -> None:
    heard = hear(model, file(spoken(KIND)))
    assert (heard.state, heard.reason, heard.shown) == ("words", None, "The nurse was kind")


def test_a_soft_voice_is_still_words(model: Model) -> None:
    assert hear(model, file(spoken(KIND) * np.float32(0.02))).state == "words"


def test_a_voice_too_quiet_to_trust_is_not_words(model: Model) -> None:
    assert hear(model, file(spoken(KIND) * np.float32(0.003))).state != "words"


def test_a_voice_that_overloads_the_line_is_unclear_and_keeps_its_words(model: Model) -> None:
    heard = hear(model, file(np.clip(spoken(KIND) * 10, -1, 1)))
    assert (heard.state, heard.text) == ("unclear", KIND)


def test_a_voice_cut_off_keeps_its_words_and_is_for_a_person_to_hear(model: Model) -> None:
    whole = file(spoken(f"{KIND}. {KIND}. {KIND}"))
    heard = hear(model, whole[: len(whole) // 2])
    assert (heard.state, "the file was cut off after" in str(heard.reason)) == ("unclear", True)
