"""The line and a Twilio that has what no webhook brought: the practice phone, over real HTTP."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase
from werkzeug.serving import WSGIRequestHandler, make_server

from practice.call import Call
from practice.course import Course
from practice.leg import Leg
from practice.page import build
from practice.phone import Phone
from practice.recordings import Recording
from practice.sound import from_wav
from practice.texts import Text
from practice.voice import speak
from store.queue import DELETE_COPY, HEAR, SEND, Bell
from tests.driver import CALLER, NUMBER, Line
from workers import copying, hearing, sending
from workers.carrier import Carrier
from workers.catch_up import catch_up
from workers.catch_up_counts import Counts
from workers.room import Room

App = Callable[..., Any]
Oddly = Callable[[App, dict[str, Any], Callable[..., Any]], Any]


class Silently(WSGIRequestHandler):
    def log(self, *_: object, **__: object) -> None:
        pass


def says(status: str, body: bytes = b"{}", **headers: str) -> Oddly:
    """An answer instead of the right one."""

    def answer(_app: App, _environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start(status, [(name.replace("_", "-"), value) for name, value in headers.items()])
        return [body]

    return answer


def takes_but_says(status: str) -> Oddly:
    """Does what was asked, and then answers as if it had not."""

    def answer(app: App, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        list(app(environ, lambda *_: None))
        return says(status)(app, environ, start)

    return answer


def takes_but_dawdles(seconds: float) -> Oddly:
    """Does what was asked, and answers when nobody listens any more."""

    def answer(app: App, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        list(app(environ, lambda *_: None))
        time.sleep(seconds)
        return says("201 CREATED")(app, environ, start)

    return answer


class Twilio:
    """The practice phone behind a door that can be rude: `oddly` has answers for whole paths."""

    def __init__(self, account: str, token: str) -> None:
        self.phone = Phone("http://127.0.0.1:9", account, token)
        self.oddly: list[tuple[str, Oddly]] = []
        self.asked: list[str] = []
        self._app = build(self.phone)
        self._server = make_server("127.0.0.1", 0, self, True, request_handler=Silently)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        asked = f"{environ['REQUEST_METHOD']} {environ['REQUEST_URI'].partition('Accounts/')[2]}"
        self.asked.append(asked)
        for number, (part, answer) in enumerate(self.oddly):
            if part in asked:
                del self.oddly[number]
                return answer(self._app, environ, start)
        return self._app(environ, start)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Rings(Bell):
    """A bell whose rings are kept, to be answered when the test wants it."""

    def __init__(self) -> None:
        super().__init__(None)
        self.rung: list[tuple[str, int]] = []

    def ring(self, job: str, number: int, seconds: float | None = None) -> bool:
        self.rung.append((job, number))
        return True


class Lost:
    """The line, its back room, and what people said to Twilio while the line was not there."""

    def __init__(self, line: Line, twilio: Twilio) -> None:
        self.line, self.twilio, self.phone = line, twilio, twilio.phone
        # The noon before now: far from midnight, and before what the phone dates by the clock.
        noon = datetime.now(UTC) - timedelta(hours=12)
        self.at = noon.replace(hour=12, minute=0, second=0, microsecond=0)
        self.bell = Rings()
        self.paused: list[float] = []
        self.told: list[str] = []
        house, settings = line.house, line.house.settings
        account, token = settings.twilio_account_sid, settings.twilio_auth_tokens[0]
        carrier = Carrier(account, token, twilio.url, pause=self.paused.append)
        self.room = Room(
            database=house.database,
            seal=house.seal,
            recordings=house.recordings,
            carrier=carrier,
            models={"en": None},
            urgent=house.urgent,
            script=house.door.script,
            settings=replace(settings, twilio_api_url=twilio.url),
            now=lambda: self.at,
        )

    def furnish(self, **other: object) -> None:
        self.room = replace(self.room, **other)

    def later(self, **much: float) -> None:
        self.at += timedelta(**much)

    def text(self, body: str, frm: str = CALLER, **ago: float) -> str:
        """A text that Twilio took, so long ago, and no webhook brought. Its SID."""
        text = Text(frm, NUMBER, body, "inbound", "received")
        text.at = self.at - timedelta(**ago)
        self.phone.texts.put(text)
        return text.sid

    def call(self, frm: str = CALLER, over: bool = True, **ago: float) -> str:
        """A call of which no webhook told. Its SID."""
        leg = Leg(frm, NUMBER, self.phone.line, self.phone.manners, None, self.phone.recordings)
        leg.began_at = self.at - timedelta(**ago)
        leg.status = "completed" if over else "in-progress"
        course = Course(leg, "", None)
        course.ended_at = leg.began_at + timedelta(minutes=1) if over else None
        self.phone.calls.put(Call(course))
        return leg.sid

    def recording(self, call_sid: str, words: str = "nobody came", **ago: float) -> str:
        """A message that somebody left in a call. Its SID."""
        sound = from_wav(speak(words))
        made = Recording(self.phone.line.account_sid, call_sid, sound)
        made.made_at = self.at - timedelta(**ago)
        self.phone.recordings.put(made)
        return made.sid

    def catch_up(self, **since: float) -> Counts:
        since = since or {"days": 2}
        began = self.at - timedelta(**since)
        return catch_up(self.room, self.bell, began, self.told.append)

    def answer(self) -> None:
        """The workers do what was rung for."""
        jobs = {SEND: sending.send, HEAR: hearing.hear, DELETE_COPY: copying.delete}
        while self.bell.rung:
            job, number = self.bell.rung.pop(0)
            jobs[job](self.room, number)

    def sent(self) -> list[str]:
        """What went out by Twilio's API."""
        texts = self.phone.texts.oldest_first()
        return [text.body for text in texts if text.direction == "outbound-api"]

    def rows(self, table: type[DeclarativeBase]) -> list[Any]:
        with self.room.database.reading() as session:
            return list(session.scalars(select(table).order_by(table.id)))

    def bodies(self) -> list[str]:
        return [text.body for item in self.line.items() for text in item.texts]


@pytest.fixture
def twilio(environ: dict[str, str]) -> Iterator[Twilio]:
    running = Twilio(environ["TWILIO_ACCOUNT_SID"], environ["TWILIO_AUTH_TOKEN"])
    yield running
    running.close()


@pytest.fixture
def lost(line: Line, twilio: Twilio) -> Lost:
    """On both databases, with a text of somebody else's that did come, as noise."""
    line.text("The porters were lovely", frm="+447700900999")
    return Lost(line, twilio)


@pytest.fixture
def small(sqlite_line: Line, twilio: Twilio) -> Lost:
    """On SQLite alone, for what no database changes."""
    return Lost(sqlite_line, twilio)
