"""Speaks a set of sentences, sends them through the telephone and keeps features or sound."""

import json
import random
import wave
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from . import features, grammar, lexicon, pauses, telephone, voices, written

SPOKEN = {"strangers": "test"}  # the text of a set, where it is not named as the set is
SENTENCES = 10_000  # the training utterances after these hold digits alone, or no words
PARTS = [1, 1, 2, 2, 3]  # how many sentences a call has
CHUNK = 16  # utterances handed to a process at once


def training(folder: Path, count: int, seed: int) -> None:
    """`train.npy` (all features in a row) and `train.json` (words and places) of `count` calls."""
    rows, found = [], []
    with Pool(2) as pool:
        for words, voice, frames in pool.imap(partial(_heard, seed=seed), range(count), CHUNK):
            place = {"start": sum(found), "frames": len(frames)}
            rows.append(({"text": words, "voice": "+".join(voice), **place}, frames))
            found.append(len(frames))
    np.save(folder / "train.npy", np.concatenate([frames for _, frames in rows]))
    (folder / "train.json").write_text(json.dumps([row for row, _ in rows]))


def _heard(number: int, seed: int) -> tuple[str, voices.Voice, npt.NDArray[np.float16]]:
    rng = random.Random(f"train {seed} {number}")
    if number < SENTENCES:
        said, words = _training_text(rng)
        voice = voices.choose("train", rng)
        samples, rate = voices.speak(said, voice, rng)
    else:
        voice = voices.choose("train", rng)
        samples, rate, words = pauses.spoken(voice, rng)
    sound = telephone.to_line_rate(samples, rate, rng.uniform(0.82, 1.22))
    called = telephone.call(sound, rng, clean=rng.random() < 0.15)
    return words, voice, features.mfcc(called).astype(np.float16)


def _training_text(rng: random.Random) -> tuple[str, str]:
    """What is said, with pauses, and the words that shall be heard."""
    kind, pause = rng.random(), rng.choice([" ", ", ", ". "])
    if kind < 0.08:
        digits = grammar.number(rng)
        return rng.choice([digits, digits.replace(" ", ", ")]), digits
    if kind < 0.28:  # words alone, or the rare ones would never be heard
        alone = rng.sample(grammar.vocabulary(), rng.randint(3, 7))
        return rng.choice([" ", ", "]).join(alone), " ".join(alone)
    drawn = (rng.choice([grammar.sentence, written.passage])(rng) for _ in range(rng.choice(PARTS)))
    sentences = [each.split() for each in drawn]
    heard = [list(words) for words in sentences]
    for spoken, words in zip(sentences, heard, strict=True):
        if rng.random() < 0.07:
            at = rng.randrange(len(words))
            spoken[at] = rng.choice(" ".join(grammar.lines("unknown.txt")).split())
            words[at] = lexicon.UNKNOWN
    said = pause.join(" ".join(words) for words in sentences)
    return said, " ".join(word for words in heard for word in words)


def spoken(folder: Path, name: str, part: str, each: int, seed: int) -> None:
    """A folder of WAV files: every sentence of a text, `each` times, by voices of one part."""
    target = folder / name
    target.mkdir(exist_ok=True)
    rows: list[dict[str, Any]] = []
    for number, text in enumerate(grammar.lines(f"{SPOKEN.get(name, name)}.txt") * each):
        rng = random.Random(f"{name} {seed} {number}")
        voice = voices.choose(part, rng)
        samples, rate = voices.speak(text, voice, rng)
        sound = telephone.to_line_rate(samples, rate, rng.uniform(0.95, 1.05))
        called = telephone.call(sound, rng, clean=rng.random() < 0.15)
        rows.append({"file": f"{number:04}.wav", "text": text, "voice": list(voice)})
        write(target / f"{number:04}.wav", called)
    (target / "rows.json").write_text(json.dumps(rows))


def write(path: Path, samples: npt.NDArray[np.int16]) -> None:
    """A WAV file of one channel."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(telephone.RATE)
        file.writeframes(samples.tobytes())
