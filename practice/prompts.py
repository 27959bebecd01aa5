"""What the caller hears: Say, Play and Pause."""

import io
from urllib.parse import urljoin

import numpy as np
import soundfile

from practice.leg import Leg
from practice.line import LineError
from practice.twiml import NOT_ALLOWED, Verb

WORDS_A_SECOND = 150 / 60
FOREVER = 1000
NOT_AUDIO = 13420
FAINTEST = 0.001


def prompt(leg: Leg, verb: Verb) -> None:
    """Let the caller hear one verb, nested or not; raise LineError for any other verb."""
    if verb.name == "Say":
        _say(leg, verb)
    elif verb.name == "Play":
        _play(leg, verb)
    elif verb.name == "Pause":
        leg.seconds += verb.number("length", 1)
    else:
        raise LineError(NOT_ALLOWED, verb.at, f"<{verb.name}> cannot be nested")


def _say(leg: Leg, verb: Verb) -> None:
    words = verb.text.split()
    times = _times(verb)
    leg.seconds += times * len(words) / WORDS_A_SECOND
    if words:
        leg.heard.extend([" ".join(words)] * times)


def _play(leg: Leg, verb: Verb) -> None:
    """Fetch the audio as Twilio does; silence takes its time but nobody hears it."""
    address = verb.text.strip()
    if not address:
        return
    url = urljoin(verb.at, address)
    samples, rate = _audio(url, leg.line.ask(url, {}, "GET").body)
    times = _times(verb)
    leg.seconds += times * len(samples) / rate
    if np.abs(samples).max(initial=0) > FAINTEST:
        leg.heard.extend([f"(plays {address})"] * times)


def _audio(url: str, body: bytes) -> tuple[np.ndarray, int]:
    try:
        samples, rate = soundfile.read(io.BytesIO(body))
    except soundfile.LibsndfileError as error:
        raise LineError(NOT_AUDIO, url, "not audio") from error
    return samples, rate


def _times(verb: Verb) -> int:
    return int(verb.number("loop", 1)) or FOREVER
