"""A tiny line on a port of its own: the other side of the practice phone."""

from collections.abc import Callable, Iterator
from threading import Thread
from time import sleep
from typing import Any

import pytest
from flask import Flask, Response, request
from werkzeug.serving import make_server

from practice.page import build
from practice.phone import Phone
from practice.signature import sign

ACCOUNT = "AC" + "1" * 32
TOKEN = "a-token-of-the-practice-phone"


class CannedLine:
    """Answers each path with the TwiML it was given, and remembers what it was sent."""

    def __init__(self) -> None:
        self.answers: dict[str, Response] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.unsigned: list[str] = []
        self.url = ""
        self.delay = 0.0
        self.app = Flask("canned")
        self.app.add_url_rule("/<path:path>", view_func=self._answer, methods=["GET", "POST"])

    def says(self, path: str, body: str | bytes, status: int = 200, kind: str = "text/xml") -> None:
        """Answer ``path`` with this from now on; a body of verbs is wrapped as a document."""
        if kind == "text/xml":
            body = f"<?xml version='1.0' encoding='UTF-8'?><Response>{body}</Response>"
        self.answers[path] = Response(body, status, content_type=kind)

    def asked(self, path: str) -> list[dict[str, str]]:
        """Return the fields of every request for ``path``."""
        return [fields for asked, fields in self.requests if asked == path]

    def paths(self) -> list[str]:
        """Return the paths in the order in which they were asked for."""
        return [path for path, _ in self.requests]

    def _answer(self, path: str) -> Response:
        sleep(self.delay)
        fields = request.form.to_dict()
        self.requests.append((f"/{path}", fields))
        uri = self.url + request.environ["REQUEST_URI"]
        if request.headers.get("X-Twilio-Signature") != sign(uri, fields, TOKEN):
            self.unsigned.append(path)
        silence = Response("<Response/>", content_type="text/xml")
        return self.answers.get(f"/{path}", silence)


@pytest.fixture
def line() -> Iterator[CannedLine]:
    """A line in a thread; fails the test when a request to it was not rightly signed."""
    canned = CannedLine()
    server = make_server("127.0.0.1", 0, canned.app, threaded=True)
    canned.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield canned
    server.shutdown()
    server.server_close()
    thread.join()
    assert canned.unsigned == []


@pytest.fixture
def make_phone(line: CannedLine) -> Callable[..., Phone]:
    """Make a phone for the canned line, with other manners if need be."""

    def make(**manners: Any) -> Phone:
        return Phone(line.url, ACCOUNT, TOKEN, **manners)

    return make


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    """A phone with the usual manners."""
    return make_phone()


@pytest.fixture
def client(phone: Phone) -> Any:
    """The practice phone's own web app, asked as this machine asks it."""
    return build(phone).test_client()


@pytest.fixture
def owner() -> tuple[str, str]:
    """The name and the password of the account."""
    return (ACCOUNT, TOKEN)
