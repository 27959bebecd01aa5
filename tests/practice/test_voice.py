"""The voice of people who do not exist."""

import pytest

from practice.sound import from_wav, seconds_of
from practice.voice import NoVoiceError, speak


@pytest.mark.parametrize("voice", ["en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbcwmd"])
def test_speech_is_heard(voice):
    samples = from_wav(speak("The nurse was kind", voice))

    assert abs(samples).max() > 3000
    assert 0.5 < seconds_of(samples) < 3


def test_a_slower_voice_takes_longer():
    words = "The nurse was kind and explained everything"

    assert len(speak(words, speed=100)) > len(speak(words, speed=200))


def test_an_unknown_voice_is_refused():
    with pytest.raises(NoVoiceError, match="nobody"):
        speak("Hello", "nobody")
