"""What the machine writes down when somebody says urgent words: it mishears, they still count."""

import io
from pathlib import Path

import pytest
import soundfile
import soxr

from practice import voice
from speech import models, transcriber
from speech.hearing import hear
from tests.triage.labelled import TIERS
from triage import urgency

MADE = (Path(__file__).parent / "heard.txt").read_text("utf-8").splitlines()
HEARD = [line.split("\t") for line in MADE if not line.startswith("#")]
LIVE = {
    "i want to end my life": "R1",
    "my husband has collapsed and he is not breathing": "R1",
    "the carer slapped my mother in the face": "R2",
    "the night staff lock him in his room": "R2",
}


@pytest.mark.parametrize(("label", "share"), [("R1", 0.9), ("R2", 0.75)])
def test_most_transcripts_of_urgent_words_are_found(label, share):
    said = [(text, state == "unclear") for tier, state, text in HEARD if tier == label]
    found = [urgency.tier(TIERS, text, unclear).tier or "none" for text, unclear in said]
    assert sum(tier <= label for tier in found) >= share * len(said)


@pytest.mark.parametrize(("said", "tier"), LIVE.items())
def test_what_is_said_now_is_found_in_what_is_heard(said, tier):
    assert urgency.tier(TIERS, _heard(said)).tier == tier


def _heard(said):
    samples, rate = voice.spoken(said, "gmw/en", 150)
    taped = io.BytesIO()
    soundfile.write(taped, soxr.resample(samples / 32_768, rate, 8_000), 8_000, format="WAV")
    return hear(transcriber.load(models.DEMO, models.DEMO_NAME), taped.getvalue()).text
