"""The second half of a recording's way: from our own copy to words on the desk."""

import hashlib
import logging
import time
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from speech.audio import NotAudio, prove
from speech.hearing import Heard as Words
from speech.hearing import hear
from speech.models import NoModel
from store import logs, recordings_due
from store.models import Recording
from store.recordings import StoreAway
from store.seal import CannotOpen
from workers import copying, landing, outcome
from workers.room import Room

WAIT = timedelta(minutes=5)
MOST_TRIES = 3

log = logging.getLogger(__name__)


def transcribe(room: Room, take: Recording) -> None:
    """A stored recording gets its words, or a reason why it has none."""
    try:
        if take.language not in room.models:
            _no_model_of_that(room, take)
        elif room.models[take.language] is None:
            _waits(room, take, "The speech model is missing.")
        else:
            _words(room, take)
    except NoModel:
        _waits(room, take, "The speech model is damaged.")
    except StoreAway as why:
        _waits(room, take, f"The place of the audio cannot be used ({why}).")
    except FileNotFoundError:
        _again(room, take, "The audio is not where it was stored.")
    except CannotOpen as why:
        _again(room, take, f"The audio cannot be opened: {why}.")


def _no_model_of_that(room: Room, take: Recording) -> None:
    said = room.script.words.get(take.language)
    reason = f"No model for {said.name if said else take.language}."
    try:
        sound = prove(_sound(room, take))
    except NotAudio as why:
        _unplayable(room, take, why)
        return
    with room.database.writing() as session:
        ended = outcome.unheard(session, room, take, sound, reason)
        copy = copying.claim(session, room, ended)
    copying.finish(room, copy)


def _waits(room: Room, take: Recording, why: str) -> None:
    """Nothing is wrong with the recording: it waits, uncounted, until an operator mends ours."""
    with room.database.writing() as session:
        outcome.waits(session, take, why, room.now() + WAIT, attempts=0)


def _again(room: Room, take: Recording, why: str) -> None:
    """A disk may be mounted, a key put back: three times, then it is a person's business."""
    tries = outcome.tries(take, why)
    with room.database.writing() as session:
        if tries >= MOST_TRIES:
            outcome.failed(session, room, take, why)
            return
        outcome.waits(session, take, why, room.now() + WAIT, tries)


def _words(room: Room, take: Recording) -> None:
    model = room.models[take.language]
    assert model is not None
    try:
        heard = hear(model, _sound(room, take), _Heartbeat(room, take))
    except NotAudio as why:
        _unplayable(room, take, why)
        return
    _landed(room, take, heard)


def _sound(room: Room, take: Recording) -> bytes:
    assert take.audio_key is not None
    with room.recordings.open(take.audio_key) as audio:
        sound = audio.read()
    if hashlib.sha256(sound).hexdigest() != take.sha256:
        raise CannotOpen("it is not what was stored")
    return sound


def _unplayable(room: Room, take: Recording, why: NotAudio) -> None:
    with room.database.writing() as session:
        outcome.failed(session, room, take, f"It cannot be played: {why}.")


def _landed(room: Room, take: Recording, heard: Words) -> None:
    urgent = landing.weigh(room, take.language, heard)
    with room.database.writing() as session:
        ended = landing.landed(session, room, take, heard, urgent)
        copy = copying.claim(session, room, ended)
    copying.finish(room, copy)


class _Heartbeat:
    """Says now and then that this recording is still in hand: a long one outlasts a lease."""

    def __init__(self, room: Room, take: Recording) -> None:
        self._room, self._take, self._last = room, take, time.monotonic()

    def __call__(self, _seconds_done: float) -> None:
        if time.monotonic() - self._last < self._room.lease.total_seconds() / 5:
            return
        self._last = time.monotonic()
        until = self._room.now() + self._room.lease
        try:
            with self._room.database.writing() as session:
                held = recordings_due.renew(session, self._take, until)
            # Lost to another worker: what we hear will not count, and the row knows that.
            if held:
                self._take.claimed_until = until
        except SQLAlchemyError as why:
            # The database is away: the words may still find it back when they are all there.
            log.warning("a recording in hand could not be renewed: %s", logs.fault(why))
