"""Texts and steps of calls through the door, against a bare route with signature and insert."""

import http.client
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from practice.signature import sign

TITLE = "The doors: webhooks a second through gunicorn (one process), SQLite"
ROOT = Path(__file__).parent.parent
ROUNDS, EACH = 9, 150
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PORTS = {"bare": 8471, "line": 8472}


def measure() -> Iterator[str]:
    """Lines for RESULTS.md: the line's rate over the bare route's, pair by pair."""
    with tempfile.TemporaryDirectory() as folder:
        env = _environment(folder)
        subprocess.run(
            [sys.executable, "-m", "alembic", "upgrade", "head"],
            cwd=ROOT,
            env=env,
            check=True,
            capture_output=True,
        )
        with (
            _serving("bench.bare:create_app()", "bare", env),
            _serving("app:create_app()", "line", env),
        ):
            yield "| webhook | line / bare (median of pairs) | line, a second | bare, a second |"
            yield "| --- | --- | --- | --- |"
            for kind, requests in (("texts", _texts), ("call steps", _steps)):
                yield _row(
                    kind,
                    [
                        (_rate("line", requests(env)), _rate("bare", requests(env)))
                        for _ in range(ROUNDS)
                    ],
                )


def _row(kind: str, pairs: list[tuple[float, float]]) -> str:
    ratio = statistics.median(line / bare for line, bare in pairs)
    line, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    return f"| {kind} | {ratio:.2f} | {line:.0f} | {bare:.0f} |"


def _environment(folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "PUBLIC_URL": "http://localhost",
        "DATABASE_URL": f"sqlite:///{folder}/heard.db",
        "BARE_DATABASE": f"{folder}/bare.db",
        "RECORDINGS_URL": f"file://{folder}/recordings",
        "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": "bench",
        "SECRET_KEY": "bench",
        "SEALING_KEYS": KEY,
        "JOIN_KEY": KEY,
        "SPOOL_FOLDER": f"{folder}/spool",
        "WEB_CONCURRENCY": "1",
    }


@contextmanager
def _serving(app: str, name: str, env: dict[str, str]) -> Iterator[None]:
    conf = {"bare": "bench/bare_gunicorn.py", "line": "gunicorn.conf.py"}[name]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", conf, app],
        cwd=ROOT,
        env={**env, "PORT": str(PORTS[name])},
        stderr=subprocess.DEVNULL,  # a line a webhook is written, as in production, but not shown
    )
    try:
        for _ in range(100):
            try:
                http.client.HTTPConnection("127.0.0.1", PORTS[name]).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(30)


Request = tuple[str, dict[str, str]]


def _texts(env: dict[str, str]) -> list[Request]:
    return [
        (
            "/sms",
            {
                "MessageSid": f"SM{secrets.token_hex(16)}",
                "AccountSid": "AC1",
                "From": f"+4477009{n:05d}",
                "To": "+441214960000",
                "NumMedia": "0",
                "Body": "The nurse was kind but we waited nine hours",
            },
        )
        for n in range(EACH)
    ]


def _steps(env: dict[str, str]) -> list[Request]:
    """Whole calls: the opening, two questions, and their answers."""
    made = []
    for n in range(EACH // 3):
        call = {
            "CallSid": f"CA{secrets.token_hex(16)}",
            "AccountSid": "AC1",
            "CallStatus": "in-progress",
            "From": f"+4477009{n:05d}",
            "To": "+441214960000",
        }
        made += [
            ("/voice", call),
            ("/voice/1", {**call, "Digits": "1"}),
            ("/voice/2", {**call, "Digits": "2"}),
        ]
    return made


def _rate(name: str, requests: list[Request]) -> float:
    """Requests a second, one after the other on one connection."""
    ready = [
        (path, urlencode(fields), sign(f"http://localhost{path}", fields, "bench"))
        for path, fields in requests
    ]
    connection = http.client.HTTPConnection("127.0.0.1", PORTS[name], timeout=20)
    started = time.perf_counter()
    for path, body, signature in ready:
        connection.request(
            "POST",
            path,
            body,
            {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature},
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{name} answered {answer.status} to {path}")
    return len(ready) / (time.perf_counter() - started)
