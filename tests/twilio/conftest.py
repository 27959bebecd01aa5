"""An account at Twilio, played by the practice phone over real HTTP, and a line that it serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result
from flask import Flask, Response
from werkzeug.serving import make_server

import config
from commands.twilio import twilio
from dialogue.script import Number, Script, load
from practice.page import build
from practice.phone import Phone
from tests.conftest import ENVIRON, ROOT
from workers import twilio_setup
from workers.setup_findings import Finding

ORIGIN = ENVIRON["PUBLIC_URL"]
OWNER = (ENVIRON["TWILIO_ACCOUNT_SID"], ENVIRON["TWILIO_AUTH_TOKEN"])
NUMBER = "+441214960000"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app on a port of its own; its origin."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class Account:
    """An account that starts as the line wants it; each method spoils something, as people do."""

    def __init__(self, url: str, phone: Phone, environ: dict[str, str]) -> None:
        self.url, self.phone = url, phone
        self.environ = {**environ, "TWILIO_API_URL": url}
        self.settings = config.read(self.environ)
        self.script = load(ROOT / "script")

    def set(self, **fields: str) -> None:
        """Change the number, by the API's own names."""
        self.post(f"{self._numbers()[:-5]}/{self.number()['sid']}.json", fields)

    def number(self) -> dict[str, Any]:
        return self.look(self._numbers())["incoming_phone_numbers"][0]

    def service(self, **fields: str) -> str:
        """A Messaging Service with the number in it; its path."""
        made = self.post("/v1/Services", {"FriendlyName": "Feedback", **fields})
        path = f"/v1/Services/{made['sid']}"
        self.post(f"{path}/PhoneNumbers", {"PhoneNumberSid": self.number()["sid"]})
        return path

    def check(self, script: Script | None = None) -> list[Finding]:
        return twilio_setup.check(self.settings, script or self.script)

    def wrong(self, script: Script | None = None) -> str:
        """All that a check calls wrong, a line each."""
        return said("wrong", self.check(script))

    def listing(self, *numbers: str, answers: tuple[str, ...] = ()) -> Script:
        """The script with these numbers, and these keywords left to Twilio."""
        listed = tuple(Number(number=number) for number in numbers)
        more = {"numbers": listed, "twilio_answers": frozenset(answers)}
        return self.script.model_copy(update={"line": self.script.line.model_copy(update=more)})

    def elsewhere(self, url: str) -> None:
        """From now on the API is there."""
        self.settings = replace(self.settings, twilio_api_url=url)

    def run(self, *words: str, answer: str | None = None) -> Result:
        """`flask --app app twilio ...`, with somebody to answer its question."""
        return CliRunner().invoke(twilio, words, input=answer, env=self.environ)

    def _numbers(self) -> str:
        return f"/2010-04-01/Accounts/{OWNER[0]}/IncomingPhoneNumbers.json"

    def look(self, path: str) -> dict[str, Any]:
        return requests.get(self.url + path, auth=OWNER, timeout=30).json()

    def post(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        answer = requests.post(self.url + path, fields, auth=OWNER, timeout=30)
        assert answer.ok, answer.text
        return answer.json()


def said(level: str, findings: list[Finding]) -> str:
    """The findings of one level, as they are printed."""
    return "\n".join(f"{one.what}: {one.words}" for one in findings if one.level == level)


@pytest.fixture
def account(environ: dict[str, str]) -> Iterator[Account]:
    phone = Phone(ORIGIN, *OWNER)
    with served(build(phone)) as url:
        yield Account(url, phone, environ)


@pytest.fixture
def other_host(tmp_path: Path) -> Iterator[str]:
    """A place that keeps files, in the folder `static`. The practice phone asks it by POST."""
    folder = tmp_path / "static"
    folder.mkdir()
    app = Flask("static")

    @app.route("/<name>", methods=["GET", "POST"])
    def file(name: str) -> Response:
        there = folder / name
        body = there.read_bytes() if there.exists() else b""
        return Response(body, 200 if body else 404, content_type="text/xml")

    with served(app) as url:
        yield url
