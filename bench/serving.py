"""The line and the bare route, each served by gunicorn on an empty database of its own."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.arrivals import ACCOUNT, ORIGIN, TOKEN
from bench.backroom import wait_for
from tests.postgres import Cluster

ROOT = Path(__file__).parent.parent
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PORTS = {"bare": 8471, "line": 8472}
CONF = {"bare": "bench/bare_gunicorn.py", "line": "gunicorn.conf.py"}
APPS = {"bare": "bench.bare:create_app()", "line": "app:create_app()"}


@contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """The environment of both on a fresh `sqlite` or `postgresql`, which is gone afterwards."""
    with ExitStack() as until, tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            urls = [f"sqlite:///{folder}/{name}.db" for name in PORTS]
        else:
            cluster = until.enter_context(Cluster(Path(folder), synced=True))
            urls = [until.enter_context(cluster.fresh()) for _ in PORTS]
        env = _environment(folder, *urls)
        migrate = [sys.executable, "-m", "alembic", "-x", f"url={urls[1]}", "upgrade", "head"]
        subprocess.run(migrate, cwd=ROOT, env=env, check=True, capture_output=True)
        yield env


@contextmanager
def serving(name: str, env: dict[str, str]) -> Iterator[int]:
    """One web process of the `bare` route or of the `line`. Its number, its master's really."""
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", CONF[name], APPS[name]],
        cwd=ROOT,
        env={**env, "PORT": str(PORTS[name])},
        stderr=subprocess.DEVNULL,  # a line a webhook is written, as in production, but not shown
    )
    try:
        wait_for(lambda: _answers(PORTS[name]))
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def _answers(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def _environment(folder: str, bare: str, line: str) -> dict[str, str]:
    return {
        **os.environ,
        "PUBLIC_URL": ORIGIN,
        "DATABASE_URL": line,
        "BARE_DATABASE": bare,
        "RECORDINGS_URL": f"file://{folder}/recordings",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "SECRET_KEY": "bench",
        "SEALING_KEYS": KEY,
        "JOIN_KEY": KEY,
        "SPOOL_FOLDER": f"{folder}/spool",
        "WEB_CONCURRENCY": "1",
    }
