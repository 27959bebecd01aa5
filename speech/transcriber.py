"""All of Vosk: loads a model, turns PCM into words with times. No other file imports it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vosk

from speech import models
from speech.models import NoModel

Progress = Callable[[float], None]

vosk.SetLogLevel(-1)


@dataclass(frozen=True, eq=False)
class Model:
    """A loaded model; `rate` in hertz, `hash` of its files; `kaldi` is Vosk's and stays here."""

    name: str
    rate: int
    hash: str
    kaldi: Any


@dataclass(frozen=True)
class Word:
    """One heard word, lower case; `start` and `end` in seconds, `confidence` 0 to 1."""

    word: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True)
class Transcript:
    """What was heard in `seconds` of sound; `confidence` is the words' mean by their length."""

    text: str
    confidence: float
    words: tuple[Word, ...]
    seconds: float


def load(folder: Path, name: str) -> Model:
    """Load the model in `folder`; do it before a worker forks, so that children share it.

    Raises NoModel when files are missing or damaged. The path is always given, because
    without one Vosk goes to the internet and may end the process.
    """
    models.check(folder)
    try:
        kaldi = vosk.Model(str(folder))
    except Exception as error:  # Vosk raises nothing narrower
        raise NoModel(f"the model at {folder} is damaged: Vosk cannot load it") from error
    return Model(name, models.rate(folder), models.fingerprint(folder), kaldi)


def transcribe(model: Model, pcm: bytes, on_progress: Progress | None = None) -> Transcript:
    """The words in 16-bit mono PCM at the model's rate; hearing none is no error.

    `on_progress` gets the seconds done after each half second of sound: a worker says by it
    that it still lives.
    """
    # One recogniser a recording: it must not carry one caller's voice into the next.
    recogniser = vosk.KaldiRecognizer(model.kaldi, model.rate)
    recogniser.SetWords(True)
    results = []
    block = model.rate // 2 * 2  # bytes in half a second
    for at in range(0, len(pcm), block):
        if recogniser.AcceptWaveform(pcm[at : at + block]):
            results.append(recogniser.Result())
        if on_progress:
            on_progress(min(at + block, len(pcm)) / 2 / model.rate)
    results.append(recogniser.FinalResult())
    return _transcript(results, len(pcm) / 2 / model.rate)


def _transcript(results: Iterable[str], seconds: float) -> Transcript:
    heard = [word for result in results for word in json.loads(result).get("result", [])]
    words = _in_order(heard, seconds)
    return Transcript(" ".join(word.word for word in words), _confidence(words), words, seconds)


def _in_order(heard: Iterable[dict[str, Any]], seconds: float) -> tuple[Word, ...]:
    """Vosk rounds each time to a frame by itself; the desk seeks by them, so none may go back."""
    words = []
    last = 0.0
    for each in heard:
        start = min(max(each["start"], last), seconds)
        last = min(max(each["end"], start), seconds)
        words.append(Word(each["word"], start, last, min(each["conf"], 1.0)))
    return tuple(words)


def _confidence(words: Iterable[Word]) -> float:
    lengths = [(word.end - word.start, word.confidence) for word in words]
    total = sum(length for length, _ in lengths)
    return sum(length * sure for length, sure in lengths) / total if total else 0.0
