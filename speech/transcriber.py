"""All of Vosk: loads a model, turns PCM into words with times; no other file of the line has it."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vosk

from speech import models
from speech.models import NoModel

Progress = Callable[[float], None]

# Seconds of CPU for a second of sound, and for any sound besides. The published small models need
# 0.1 (their README); clicks and bursts of noise, in which any word could be, have needed 7 of the
# demo model. 20 minutes at the most are 41 minutes: less than the hour that the queue allows.
PATIENCE, LEAST_PATIENCE = 2.0, 30.0

vosk.SetLogLevel(-1)  # of Vosk's own lines only warnings and errors


@dataclass(frozen=True, eq=False)
class Model:
    """A loaded model; `rate` in hertz, `hash` of its files; `kaldi` is Vosk's and stays here."""

    name: str
    rate: int
    hash: str
    kaldi: Any


@dataclass(frozen=True)
class Word:
    """One heard word, lower case; `start` and `end` in seconds, `confidence` 0 to 1.

    `[unk]` is a model's word for a voice that says none of those it knows.
    """

    word: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True)
class Transcript:
    """What was heard in `seconds` of sound; `confidence` is the words' mean by their length.

    `gave_up`: the sound was longer, but took more time than any voice does.
    """

    text: str
    confidence: float
    words: tuple[Word, ...]
    seconds: float
    gave_up: bool = False


def load(folder: Path, name: str) -> Model:
    """Load the model in `folder`; do it before a worker forks, so that children share it.

    Raises NoModel when files are missing or damaged. The path is always given, because
    without one Vosk goes to the internet and may end the process.
    """
    models.check(folder)
    try:
        rate, files = models.rate(folder), models.fingerprint(folder)
        return Model(name, rate, files, vosk.Model(str(folder)))
    except OSError as why:  # somebody is just replacing it
        raise NoModel(f"the model at {folder} cannot be read: {why.strerror}") from why
    except Exception as error:  # Vosk raises nothing narrower
        raise NoModel(f"the model at {folder} is damaged: Vosk cannot load it") from error


def transcribe(
    model: Model,
    pcm: bytes,
    on_progress: Progress | None = None,
    patience: float = LEAST_PATIENCE,
) -> Transcript:
    """The words in 16-bit mono PCM at the model's rate; hearing none is no error.

    Raises NoModel for a word that has no name in the model's list: it is not whole.

    `on_progress` gets the seconds done after each half second of sound: a worker says by it
    that it still lives. It ends early, with what it has, where the sound is too hard: nobody's
    message is to wait an hour behind noise.
    """
    # One recogniser a recording: it must not carry one caller's voice into the next.
    recogniser = vosk.KaldiRecognizer(model.kaldi, model.rate)
    recogniser.SetWords(True)  # each with its times and confidence, and not the text alone
    # Vosk takes the sound bit by bit and says True where a phrase is over. Then Result gives the
    # words of that phrase, and FinalResult at the end those that are left, both as JSON.
    results = []
    block = model.rate // 2 * 2  # bytes in half a second
    until = time.thread_time() + patience + PATIENCE * len(pcm) / 2 / model.rate
    done = 0
    while done < len(pcm) and time.thread_time() < until:
        if recogniser.AcceptWaveform(pcm[done : done + block]):
            results.append(recogniser.Result())
        done = min(done + block, len(pcm))
        if on_progress:
            on_progress(done / 2 / model.rate)
    results.append(recogniser.FinalResult())
    return _transcript(results, done / 2 / model.rate, gave_up=done < len(pcm))


def _transcript(results: Iterable[str], seconds: float, gave_up: bool) -> Transcript:
    heard = [word for result in results for word in json.loads(result).get("result", [])]
    words = _in_order(heard, seconds)
    text = " ".join(word.word for word in words)
    return Transcript(text, confidence(words), words, seconds, gave_up)


def _in_order(heard: Iterable[dict[str, Any]], seconds: float) -> tuple[Word, ...]:
    """Vosk rounds each time to its own step by itself; the desk seeks by them: none may go back."""
    words = []
    last = 0.0
    for each in heard:
        if not each["word"]:
            raise NoModel("the speech model hears a word for which it has no name")
        start = min(max(each["start"], last), seconds)
        last = min(max(each["end"], start), seconds)
        words.append(Word(each["word"], start, last, min(each["conf"], 1.0)))
    return tuple(words)


def confidence(words: Iterable[Word]) -> float:
    """The words' mean, by their length; 0 of none."""
    lengths = [(word.end - word.start, word.confidence) for word in words]
    total = sum(length for length, _ in lengths)
    return sum(length * sure for length, sure in lengths) / total if total else 0.0
