"""The real Vosk with the demo model: spoken sentences come back as words with times."""

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import jiwer
import numpy as np
import pytest
from tape import file, spoken

from speech import models
from speech.audio import NotAudio, convert, prove
from speech.hearing import hear
from speech.judging import judge
from speech.level import Level
from speech.models import NoModel
from speech.transcriber import Model, load, transcribe
from speech.voiced import Voiced

SENTENCES = [
    "the nurse was very kind and helpful",
    "we waited three hours in the waiting room",
    "nobody answered the phone for two weeks",
    "the doctor listened to me and explained everything",
    "my appointment was cancelled at the last minute",
    "the receptionist was rude and unhelpful",
    "the ward was very clean and the food was lovely",
    "my mother was left alone for four hours",
    "the ambulance took two hours to arrive",
    "they could not get an appointment until friday",
    "thank you to the staff at the hospital",
]
KIND = SENTENCES[0]
LONG = ". ".join(SENTENCES[:5])


def test_spoken_sentences_come_back_as_their_words(model: Model) -> None:
    heard = [hear(model, file(spoken(sentence))).text for sentence in SENTENCES]
    assert jiwer.wer(SENTENCES, heard) <= 0.2


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100])
def test_the_rate_of_the_recording_does_not_change_the_words(model: Model, rate: int) -> None:
    assert hear(model, file(spoken(KIND, rate), rate)).text == KIND


@pytest.mark.parametrize(
    ("kind", "subtype"), [("WAV", "ULAW"), ("WAV", "PCM_U8"), ("MP3", None)], ids=str
)
def test_the_coding_of_the_recording_does_not_change_the_words(
    model: Model, kind: str, subtype: str | None
) -> None:
    assert hear(model, file(spoken(KIND), kind=kind, subtype=subtype)).text == KIND


def test_a_caller_on_one_of_two_channels_is_heard(model: Model) -> None:
    caller = spoken(KIND)
    assert hear(model, file(np.stack([caller, 0 * caller], axis=1))).text == KIND


def test_word_times_go_forward_through_pauses_and_stay_inside(model: Model) -> None:
    heard = hear(model, file(spoken(LONG)))
    times = [0, *(time for word in heard.words for time in (word.start, word.end)), heard.seconds]
    assert all(earlier <= later for earlier, later in pairwise(times))


def test_progress_is_told_each_half_second_and_ends_at_the_end(model: Model) -> None:
    told: list[float] = []
    heard = hear(model, file(spoken(KIND)), told.append)
    assert told == [*np.arange(0.5, heard.seconds, 0.5), heard.seconds]


def test_sound_that_is_too_hard_is_given_up_and_handed_to_a_person(model: Model) -> None:
    transcript = transcribe(model, convert(prove(file(spoken(KIND))), model.rate), patience=-60)
    said = judge(transcript, Level(-3, 0), 3, Voiced())
    assert (transcript.gave_up, said[0]) == (True, "unclear")


def test_no_sound_at_all_is_no_words(model: Model) -> None:
    assert transcribe(model, b"").words == ()


def test_a_file_that_is_no_recording_says_so_upwards(model: Model) -> None:
    with pytest.raises(NotAudio):
        hear(model, b"<html>")


def test_what_was_heard_names_the_model_and_its_hash(model: Model) -> None:
    heard = hear(model, file(spoken(KIND)))
    assert (heard.model, heard.model_hash) == ("demo-en", models.fingerprint(models.DEMO))


def test_a_model_of_16_khz_would_get_16_khz(model: Model) -> None:
    # Stands in for the published models: Vosk is told the rate that the sound was made for.
    doubled = Model(model.name, 16_000, model.hash, model.kaldi)
    pcm = convert(prove(file(spoken(KIND))), doubled.rate)
    assert transcribe(doubled, pcm).text == KIND


ROOT = models.DEMO.parents[2]
FORK = """
import os, sys
from speech import audio, models, transcriber
from pathlib import Path
model = transcriber.load(models.DEMO, "demo")
pcm = audio.convert(audio.prove(Path(sys.argv[1]).read_bytes()), model.rate)
for _ in range(2):
    if os.fork() == 0:
        os.write(1, (transcriber.transcribe(model, pcm).text + "\\n").encode())
        os._exit(0)
os.wait(), os.wait()
"""


def test_a_model_loaded_before_a_fork_decodes_in_the_children(tmp_path: Path) -> None:
    recording = tmp_path / "kind.wav"
    recording.write_bytes(file(spoken(KIND)))
    # In a process of its own: a child that hangs must not hang the tests with it.
    command = [sys.executable, "-c", FORK, str(recording)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=99, check=True, cwd=ROOT)
    assert done.stdout.splitlines() == [KIND, KIND]


def test_a_damaged_model_is_refused_with_its_path(tmp_path: Path) -> None:
    for path in models.DEMO.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(models.DEMO)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes()[: None if path.name == "words.txt" else 400])
    with pytest.raises(NoModel, match=f"{tmp_path} is damaged"):
        load(tmp_path, "broken")


def test_a_word_without_a_name_is_the_models_fault_and_no_word(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(models.DEMO, tmp_path / "copy"))
    (copy / "graph" / "words.txt").write_text("<eps> 0\n#0 8067\n")
    with pytest.raises(NoModel, match="no name"):
        hear(load(copy, "copy"), file(spoken(KIND)))
