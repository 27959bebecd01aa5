"""A take: what one <Record> made of what the caller said."""

from dataclasses import dataclass

import numpy as np

from practice.acts import Speech
from practice.sound import RATE, Samples, seconds_of, silence
from practice.twiml import Verb

ANY_KEY = "1234567890*#"
HANG_UP = "hangup"


@dataclass(frozen=True)
class Take:
    """The audio to keep, how long it took, what ended it (a key, hangup or "") and its worth."""

    samples: Samples
    lasted: float
    ended_by: str
    spoken: bool


def finishing_keys(verb: Verb) -> str:
    """Return the keys that end this <Record>."""
    return verb.get("finishOnKey", ANY_KEY)


def take(speech: Speech, verb: Verb) -> Take:
    """Cut the speech as the <Record> says; what comes after its maxLength is lost."""
    longest = verb.number("maxLength", 3600)
    said = seconds_of(speech.samples)
    if said >= longest:
        return Take(speech.samples[: int(longest * RATE)], longest, "", True)
    if speech.end == HANG_UP or speech.end in finishing_keys(verb):
        return Take(speech.samples, said, speech.end, bool(speech.samples.any()))
    return _ended_by_silence(speech.samples, said, verb)


def _ended_by_silence(samples: Samples, said: float, verb: Verb) -> Take:
    """A time-out of 0 never ends a recording: the silence lasts to its maxLength."""
    longest = verb.number("maxLength", 3600)
    spoken = bool(samples.any())
    quiet = min(verb.number("timeout", 5) or longest, longest - said)
    if verb.get("trim", "trim-silence") != "trim-silence":
        samples = np.concatenate([samples, silence(quiet)])
    return Take(samples, said + quiet, "", spoken)
