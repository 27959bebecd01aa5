"""Recordings of people, for the report alone: what Debian has of them, and it is little.

Digits of one woman (asterisk-core-sounds-en-wav), one string of digits and five sentences of a
novel (pocketsphinx-testdata). Nothing of it trains or tunes anything.
"""

import json
import random
import wave
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from .corpus import write
from .telephone import RATE

ASTERISK = Path("/usr/share/asterisk/sounds/en_US_f_Allison/digits")
SPHINX = Path("/usr/share/pocketsphinx/test/data")
SPHINX_RATE = 16_000
NAMES = "zero one two three four five six seven eight nine".split()
STRINGS, LENGTH = 40, 5
Sound = npt.NDArray[np.int16]


def save(folder: Path) -> list[str]:
    """Folders of rows as `corpus.spoken` makes them; gives the names of those it could make."""
    made = {}
    if ASTERISK.is_dir():
        strings = _strings()
        made["people-digits"] = strings
        made["people-digits-only"] = [(text, sound, NAMES) for text, sound, _ in strings]
    if SPHINX.is_dir():
        made["people-prose"] = _prose()
    for name, listed in made.items():
        (folder / name).mkdir(exist_ok=True)
        rows: list[dict[str, Any]] = []
        for number, (text, sound, allowed) in enumerate(listed):
            write(folder / name / f"{number:04}.wav", sound)
            row = {"file": f"{number:04}.wav", "text": text, "voice": ["a person"]}
            rows.append({**row, "allowed": allowed})
        (folder / name / "rows.json").write_text(json.dumps(rows))
    return list(made)


Told = tuple[str, Sound, list[str] | None]  # words, sound, and the only words allowed


def _strings() -> list[Told]:
    """Strings of five digits, each digit as it was recorded, a tenth of a second between."""
    rng, hiss = random.Random(1), np.random.default_rng(1)
    spoken = [_read(ASTERISK / f"{digit}.wav") for digit in range(10)]
    found: list[Told] = []
    for _ in range(STRINGS):
        drawn = [rng.randrange(10) for _ in range(LENGTH)]
        parts = [np.zeros(RATE // 4, np.int16)]
        for digit in drawn:
            parts += [spoken[digit], np.zeros(RATE // 10, np.int16)]
        joined = np.concatenate([*parts, parts[0]]).astype(np.float64)
        joined += hiss.normal(0, 5, len(joined))
        sound = np.clip(joined, -32_768, 32_767).astype(np.int16)
        found.append((" ".join(NAMES[digit] for digit in drawn), sound, None))
    return found


def _prose() -> list[Told]:
    lines = (SPHINX / "librivox" / "transcription").read_text().splitlines()
    found: list[Told] = []
    for line in lines:
        text, _, name = line.removeprefix("<s> ").rstrip(")").partition(" </s> (")
        sound = _read(SPHINX / "librivox" / f"{name}.wav")
        found.append((text, resample_poly(sound, RATE, SPHINX_RATE).astype(np.int16), None))
    return found


def _read(path: Path) -> Sound:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)
