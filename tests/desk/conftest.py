"""The desk with colleagues, items and voices in it; a signed-in client, and a browser."""

import io
import itertools
import threading
import wave
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from store import references
from store.arrival_rows import Channel
from store.models import Feedback, Heard, Kind, Recording, Status, Text, Transcript
from store.staff import Role, Staff
from tests.driver import Line
from tests.served import whole
from tiers import rank
from triage import passwords

ORIGIN = "https://line.example.org"
PASSWORD = "three wet otters"
STORED = passwords.hash(PASSWORD)
NOW = datetime.now(UTC).replace(microsecond=0)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 60_000  # milliseconds: what a page does on a busy machine, it does late
expect.set_options(timeout=PATIENCE)


@cache
def tone(seconds: float = 2) -> bytes:
    """A real WAV file, as Twilio makes them: 8 kHz, 16 bits, mono."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        samples = (8000 * (1 if i // 20 % 2 else -1) for i in range(int(8000 * seconds)))
        out.writeframes(b"".join(s.to_bytes(2, "little", signed=True) for s in samples))
    return kept.getvalue()


class Desk:
    """A line whose desk has somebody at it. Each method puts rows there and gives them back."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._count = itertools.count(1)

    def add(self, *rows: object) -> None:
        with self.line.house.database.writing() as session:
            session.add_all(rows)

    def staff(self, name: str = "Sam", role: Role = Role.TRIAGER, one_time: bool = False) -> Staff:
        row = Staff(name=name, role=role, password=STORED, one_time=one_time, added_at=NOW)
        self.add(row)
        return row

    def item(
        self,
        *words: str,
        tier: str | None = None,
        minutes: int = 5,
        channel: Channel = Channel.TEXT,
        **more: object,
    ) -> Feedback:
        """An item with a text for each of `words`."""
        item = Feedback(
            received_at=NOW - timedelta(minutes=minutes),
            channel=channel,
            line="west-midlands",
            notice="2026-11",
            language="en",
            tier=tier,
            tier_reasons=["i want to die"] if tier else [],
            rank=rank(tier, channel is Channel.VOICE),
            **{"status": Status.NEW, **more},
        )
        item.texts = [
            Text(
                sid=f"SM{next(self._count):032x}",
                received_at=item.received_at,
                body=body,
                kind=Kind.WORDS,
            )
            for body in words
        ]
        with self.line.house.database.writing() as session:
            item.reference = references.new_reference()
            session.add(item)
        return item

    def voice(
        self,
        said: str = "the nurse was kind",
        state: Heard = Heard.WORDS,
        audio: bytes | None = None,
        reason: str | None = None,
        **more: object,
    ) -> tuple[Feedback, Recording]:
        """An item with one recording, with words if its state has any."""
        item = self.item(channel=Channel.VOICE, **more)
        number = next(self._count)
        take = Recording(
            feedback_id=item.id,
            sid=f"RE{number:032x}",
            call_sid=f"CA{number:032x}",
            received_at=NOW,
            language="en",
            seconds=2.0,
            state=state,
            attempts=1,
            reason=reason,
            audio_key=f"{number}.wav",
        )
        if state in (Heard.WORDS, Heard.UNCLEAR):
            take.transcripts = [self.transcript(said)]
        self.line.house.recordings.put(f"{number}.wav", audio or tone())
        self.add(take)
        return item, take

    def transcript(self, said: str, model: str = "demo-en") -> Transcript:
        words = [
            {
                "word": word,
                "start": n * 0.4,
                "end": n * 0.4 + 0.3,
                "confidence": 0.4 if word == "ward" else 0.95,
            }
            for n, word in enumerate(said.split())
        ]
        return Transcript(
            made_at=NOW,
            model=model,
            model_hash="0" * 64,
            text=said,
            words=words,
            shown=said.capitalize().replace("[unk]", "[unclear]"),
            confidence=0.9,
        )


class Seat:
    """Somebody's browser tab, without a browser: it keeps cookies and fills in the form token."""

    def __init__(self, line: Line) -> None:
        self.client: FlaskClient = line.app.test_client()

    def get(self, path: str, **more: object) -> TestResponse:
        return self.client.get(path, base_url=ORIGIN, **more)

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form, with the token that the page before it gave."""
        token = self.get("/sign-in").text.partition('name="csrf_token" value="')[2]
        return self.client.post(
            path,
            base_url=ORIGIN,
            headers={"Referer": f"{ORIGIN}/"},
            data={"csrf_token": token.partition('"')[0], **fields},
        )

    def sign_in(self, name: str = "Sam", password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/sign-in", name=name, password=password, **more)


@pytest.fixture
def desk(sqlite_line: Line) -> Desk:
    return Desk(sqlite_line)


@pytest.fixture
def both(line: Line) -> Desk:
    """The desk on both databases, for what a database may change."""
    return Desk(line)


@pytest.fixture
def seat(desk: Desk) -> Callable[..., Seat]:
    """Sits somebody of a role down, signed in."""
    return lambda role=Role.TRIAGER, name="Sam": seated(desk, role, name)


def seated(desk: Desk, role: Role = Role.TRIAGER, name: str = "Sam") -> Seat:
    desk.staff(name, role)
    sitting = Seat(desk.line)
    assert sitting.sign_in(name).status_code == 302
    return sitting


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def web(sqlite_url: str, environ: dict[str, str], tmp_path: Path) -> Iterator[Desk]:
    """The desk, served on this machine; `origin` is where."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    origin = f"http://127.0.0.1:{server.port}"
    with Line({**environ, "DATABASE_URL": sqlite_url, "PUBLIC_URL": origin}) as line:
        server.app = whole(line.app)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        served = Desk(line)
        served.origin = origin
        yield served
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def tab(chromium: Browser, web: Desk) -> Iterator[Page]:
    """A tab of a real browser on that desk. A broken content policy or script fails the test."""
    context = chromium.new_context(base_url=web.origin, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda why: wrong.append(str(why)))
    yield page
    context.close()
    assert [text for text in wrong if "Failed to load resource" not in text] == []
