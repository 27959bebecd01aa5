"""Recordings to words in one process: everything we do, against a bare loop of Vosk."""

import io
import json
import statistics
import time
import wave
from collections.abc import Iterator

import vosk

from practice.voice import speak
from speech import models, transcriber
from speech.hearing import hear

TITLE = "Words: proving, converting, transcribing and judging, against a bare Vosk loop"
ROUNDS = 7
SAID = (
    "the nurse was very kind and explained everything to my mum",
    "we waited nine hours in a and e and nobody told us what was happening",
    "the ward was clean and the food was good but the doctor did not listen",
    "i could not get an appointment at the gp surgery for three weeks",
    "the carers come late every morning and my father has no breakfast",
)


def measure() -> Iterator[str]:
    """Lines for RESULTS.md: how much of a bare loop's speed is left, pair by pair."""
    name, folder = models.find(models.DEMO, None)
    model = transcriber.load(folder, name)
    takes = [speak(" ".join(SAID[n:] + SAID[:n])) for n in range(len(SAID))]
    seconds = sum(len(take) for take in takes) / 16000
    pairs = [(_bare(model, takes), _ours(model, takes)) for _ in range(ROUNDS)]
    ratio = statistics.median(bare / ours for bare, ours in pairs)
    ours = statistics.median(ours for _, ours in pairs)
    yield f"With the demo model, {len(takes)} recordings, {seconds:.0f} s of sound."
    yield ""
    yield "| our speed / bare loop (median of pairs) | ours, of real time |"
    yield "| --- | --- |"
    yield f"| {ratio:.2f} | {ours / seconds:.4f} |"


def _bare(model: transcriber.Model, takes: list[bytes]) -> float:
    started = time.process_time()
    for take in takes:
        with wave.open(io.BytesIO(take)) as sound:
            recogniser = vosk.KaldiRecognizer(model.kaldi, sound.getframerate())
            recogniser.SetWords(True)
            while block := sound.readframes(4000):
                recogniser.AcceptWaveform(block)
            json.loads(recogniser.FinalResult())
    return time.process_time() - started


def _ours(model: transcriber.Model, takes: list[bytes]) -> float:
    started = time.process_time()
    for take in takes:
        hear(model, take)
    return time.process_time() - started
