"""What is heard of known sentences: `python -m triage.meaning.recipe.hear MANY [TIER]`.

Speaks so many that were not spoken yet, of that tier or of all, by six voices of espeak-ng over a
telephone line with some noise, and adds what the demo model wrote down to `heard.en.txt`. About
half a second of one core for each.
"""

import io
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import soxr

from practice import voice
from speech import models, transcriber
from speech.hearing import hear
from triage.meaning.labelled import labelled
from triage.meaning.windows import FEWEST

HERE = Path(__file__).parent.parent
SEED = 36
VOICES = ("en", "en-GB-x-gbcwmd", "en-029", "en-GB-x-gbclan", "en-GB-x-rp", "en-GB-scotland")
SPEEDS = (130, 175)  # words a minute, as people speak to a machine
NOISE = (15, 35)  # decibels below the voice


def heard(many: int, tier: str | None = None) -> Iterator[str]:
    """So many lines of `heard.en.txt`; nothing where nothing was made out."""
    model = transcriber.load(models.DEMO, models.DEMO_NAME)
    spoken = {row[2] for row in labelled(HERE / "heard.en.txt")}
    rows = (row for row in labelled(HERE / "known.en.txt") if tier in (None, row[0]))
    unspoken = [row for row in rows if row[1] not in spoken]
    chance = random.Random(SEED + len(spoken))  # noqa: S311  (the same each time is its point)
    for kind, said in chance.sample(unspoken, min(many, len(unspoken))):
        text = hear(model, taped(said, chance)).text
        if len(text.split()) >= FEWEST:
            yield f"{kind}\t{text}\t{said}"


def taped(said: str, chance: random.Random) -> bytes:
    """The sentence as a recording of a telephone line."""
    samples, rate = voice.spoken(said, f"gmw/{chance.choice(VOICES)}", chance.randint(*SPEEDS))
    line = soxr.resample(samples / 32_768, rate, 8_000)
    loud = float(np.sqrt(np.mean(np.square(line)))) / 10 ** (chance.uniform(*NOISE) / 20)
    hiss = np.random.default_rng(chance.getrandbits(32)).normal(0, loud, len(line))
    file = io.BytesIO()
    soundfile.write(file, np.clip(line + hiss, -1, 1), 8_000, format="WAV")
    return file.getvalue()


if __name__ == "__main__":
    with (HERE / "heard.en.txt").open("a", encoding="utf-8") as kept:
        for line in heard(int(sys.argv[1]), *sys.argv[2:]):
            print(line, file=kept, flush=True)
