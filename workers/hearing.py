"""From a recording at Twilio to words on the desk, one kept state after the other."""

import hashlib
import time
from dataclasses import asdict
from datetime import timedelta

from speech.audio import NotAudio
from speech.hearing import Heard as Words
from speech.hearing import hear as words_of
from store import recordings_due
from store.models import Heard, Recording
from workers import copying, outcome
from workers.carrier import NotThereYet, TwilioAway
from workers.room import Room

# Twilio may take minutes to have a file, and may be away for hours: about a day of trying.
MOST_FETCHES = 100
LONGEST_WAIT = timedelta(minutes=15)

# A recording that ends its process three times is handed to a person.
MOST_HEARINGS = 3
NO_MODEL_YET = timedelta(minutes=5)
RENEW_EVERY = 8.0


def hear(room: Room, number: int) -> None:
    """Whatever is left to do for one recording, if nobody else is at it."""
    with room.database.writing() as session:
        take = recordings_due.claim(session, number, room.now())
    if take and take.state is Heard.EXPECTED:
        take = _fetch(room, take)
    if take and take.state is Heard.STORED:
        _transcribe(room, take)


def _fetch(room: Room, take: Recording) -> Recording | None:
    """Twilio's file into our keeping. None where it could not be had this time."""
    try:
        sound = room.carrier.audio(take.sid)
    except (NotThereYet, TwilioAway) as why:
        missing = "Twilio does not have it yet" if isinstance(why, NotThereYet) else str(why)
        _later(room, take, missing)
        return None
    digest = hashlib.sha256(sound).hexdigest()
    key = f"{take.received_at:%Y/%m}/{take.sid}-{digest[:16]}"
    room.recordings.put(key, sound)
    with room.database.writing() as session:
        return outcome.stored(session, room, take.id, key, digest)


def _later(room: Room, take: Recording, why: str) -> None:
    with room.database.writing() as session:
        if take.attempts >= MOST_FETCHES:
            outcome.failed(session, take.id, f"After {take.attempts} tries: {why}.")
            return
        wait = min(timedelta(seconds=2 ** min(take.attempts, 20)), LONGEST_WAIT)
        outcome.waits(session, take.id, f"{why}.", room.now() + wait)


def _transcribe(room: Room, take: Recording) -> None:
    if take.attempts > MOST_HEARINGS:
        with room.database.writing() as session:
            outcome.failed(
                session,
                take.id,
                f"The recogniser stopped {MOST_HEARINGS} times on it: please listen.",
            )
        return
    if take.language not in room.models:
        language = room.script.words[take.language].name
        with room.database.writing() as session:
            outcome.unheard(session, take.id, Heard.UNCLEAR, f"No model for {language}.")
        return
    if room.models[take.language] is None:
        with room.database.writing() as session:
            outcome.waits(
                session,
                take.id,
                "The speech model is missing.",
                room.now() + NO_MODEL_YET,
                attempts=0,
            )
        return
    _words(room, take)


def _words(room: Room, take: Recording) -> None:
    model = room.models[take.language]
    assert model is not None
    assert take.audio_key is not None
    with room.recordings.open(take.audio_key) as audio:
        sound = audio.read()
    if hashlib.sha256(sound).hexdigest() != take.sha256:
        raise outcome.Changed(take.audio_key)
    try:
        heard = words_of(model, sound, _Heartbeat(room, take.id))
    except NotAudio as why:
        with room.database.writing() as session:
            outcome.failed(session, take.id, f"It cannot be played: {why}.")
        return
    _landed(room, take, heard)


def _landed(room: Room, take: Recording, heard: Words) -> None:
    with room.database.writing() as session:
        copy = outcome.landed(session, room, take.id, heard, [asdict(word) for word in heard.words])
    if copy:
        copying.delete(room, copy)


class _Heartbeat:
    """Says every few seconds that this recording is still in hand: a long one outlasts a lease."""

    def __init__(self, room: Room, number: int) -> None:
        self._room, self._number, self._last = room, number, time.monotonic()

    def __call__(self, _seconds_done: float) -> None:
        if time.monotonic() - self._last < RENEW_EVERY:
            return
        self._last = time.monotonic()
        with self._room.database.writing() as session:
            recordings_due.renew(session, self._number, self._room.now())
