"""Messages of 5 to 90 seconds as callers leave them, spoken by the practice phone's voice."""

import random
from functools import cache

import numpy as np

from practice.sound import RATE, to_wav
from practice.voice import speak

SAID = (
    "the nurse was very kind and explained everything to my mum",
    "we waited nine hours in a and e and nobody told us what was happening",
    "the ward was clean and the food was good but the doctor did not listen",
    "i could not get an appointment at the gp surgery for three weeks",
    "the carers come late every morning and my father has no breakfast",
    "they cancelled my operation twice and nobody rang to say sorry",
    "the receptionist was rude to me on the phone",
    "thank you to the staff at the hospital they were lovely",
)
HEADER = 44
SHORTEST, LONGEST = 5, 90  # seconds
# Seconds of thinking between sentences: most are short, and now and then somebody searches for
# words. Before the first word they breathe; the line ends a message after some seconds of silence.
SHORT_PAUSES, LONG_PAUSES, ONE_IN = (0.4, 1.2), (2.0, 5.0), 3
BEFORE, AFTER = 1.0, 5.0
HISS = 12  # of 32768: a line is never quite silent


def messages(many: int, pauses: bool) -> list[bytes]:
    """So many WAV files, their lengths evenly from 5 to 90 s, mixed, the short ones at the end."""
    dice = random.Random(7)  # noqa: S311 - the same messages each time
    lengths = [SHORTEST + (LONGEST - SHORTEST) * n / max(1, many - 1) for n in range(many)]
    dice.shuffle(lengths)
    # All processes are to end together, or the last long one would be measured alone.
    lengths.sort(key=lambda seconds: seconds < LONGEST / 4)
    return [message(seconds, dice, pauses) for seconds in lengths]


def message(seconds: float, dice: random.Random, pauses: bool) -> bytes:
    """One message of about that length."""
    parts = [_quiet(BEFORE if pauses else 0.2)]
    while sum(map(len, parts)) < seconds * RATE:
        parts.append(_spoken(dice.choice(SAID)))
        if pauses:
            long = dice.randrange(ONE_IN) == 0
            parts.append(_quiet(dice.uniform(*(LONG_PAUSES if long else SHORT_PAUSES))))
    whole = np.concatenate(parts)[: int(seconds * RATE)]
    if pauses and seconds > 2 * AFTER:
        whole[-int(AFTER * RATE) :] = 0
    hiss = np.random.default_rng(3).normal(0, HISS, len(whole))
    return to_wav(np.clip(whole + hiss, -32_768, 32_767).astype(np.int16))


@cache
def _spoken(text: str) -> np.ndarray:
    return np.frombuffer(speak(text)[HEADER:], np.int16)


def _quiet(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), np.int16)
