"""A back room with everything in it: real Vosk, real audio, a Twilio that can be made odd."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from speech import models, transcriber
from store import copies
from store.models import Recording
from tests.driver import CALLER, Line
from tests.workers.parts import Twilio, spoken
from workers import copying, hearing
from workers.carrier import Carrier
from workers.room import Room

KIND = "the nurse was kind"


class BackRoom:
    """The line, its back room, and a clock that goes only when it is told to."""

    def __init__(self, line: Line, twilio: Twilio, model: transcriber.Model) -> None:
        self.line, self.twilio, self.model = line, twilio, model
        self.at = datetime.now(UTC)
        house = line.house
        self.room = Room(
            database=house.database,
            seal=house.seal,
            recordings=house.recordings,
            carrier=Carrier(
                house.settings.twilio_account_sid,
                house.settings.twilio_auth_tokens[0],
                twilio.url,
            ),
            models={"en": model},
            urgent=house.urgent,
            script=house.door.script,
            settings=replace(house.settings, twilio_api_url=twilio.url),
            now=lambda: self.at,
        )

    def later(self, **much: float) -> None:
        self.at += timedelta(**much)

    def furnish(self, **other: object) -> None:
        self.room = replace(self.room, **other)

    def call(self, words: str | bytes = KIND, frm: str = CALLER) -> str:
        """Somebody rings, says this and hangs up. The SID of the take."""
        call = self.line.ring(frm)
        call.press("0")
        call.speak(key="hangup")
        self.twilio.sounds[call.take] = spoken(words) if isinstance(words, str) else words
        call.recorded()
        return call.take

    def hear(self, sid: str) -> Recording:
        """One ring for this take; how it stands after."""
        hearing.hear(self.room, self.take(sid).id)
        return self.take(sid)

    def delete_what_is_due(self) -> None:
        """What the sweep deletes of our own audio, and, once they are rung, workers at Twilio."""
        copying.discard(self.room)
        self.later(minutes=1)
        with self.room.database.writing() as session:
            due = copies.due(session, self.at, 99, ours=False)
        for number in due:
            copying.delete(self.room, number)

    def take(self, sid: str) -> Recording:
        return next(t for item in self.line.items() for t in item.recordings if t.sid == sid)

    def sids(self) -> list[str]:
        return [take.sid for item in self.line.items() for take in item.recordings]


@pytest.fixture(scope="session")
def model() -> transcriber.Model:
    return transcriber.load(models.DEMO, models.DEMO_NAME)


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    running = Twilio()
    yield running
    running.close()


@pytest.fixture
def back(line: Line, twilio: Twilio, model: transcriber.Model) -> BackRoom:
    """The back room on both databases, with a call of somebody else's as noise."""
    room = BackRoom(line, twilio, model)
    room.noise = room.call("nobody came")
    return room


@pytest.fixture
def small(sqlite_line: Line, twilio: Twilio, model: transcriber.Model) -> BackRoom:
    """The back room on SQLite alone, for what no database changes."""
    return BackRoom(sqlite_line, twilio, model)
