"""The line's processes on one machine, each of which may be killed at any moment."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import requests

from practice.phone import Phone

ROOT = Path(__file__).parent.parent
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PROCESSES = {
    "web": [sys.executable, "-m", "gunicorn"],
    "worker": [sys.executable, "-m", "workers"],
    "clock": [sys.executable, "-m", "workers", "clock"],
}
HURRIED = {name: [sys.executable, "-m", "bench.hurried", name] for name in ("worker", "clock")}


class House:
    """The line's processes on one machine, each of which may die at any moment.

    `hurried`: what a dead worker held is taken up after seconds (bench/hurried.py).
    """

    def __init__(self, folder: Path, database_url: str, port: int, hurried: bool = False) -> None:
        self.folder, self.port = folder, port
        self._commands = {**PROCESSES, **(HURRIED if hurried else {})}
        self.socket = Path(tempfile.mkdtemp(prefix="hst"))
        self.env = {
            **os.environ,
            "PORT": str(port),
            "WEB_CONCURRENCY": "2",
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TWILIO_API_URL": f"http://127.0.0.1:{port + 1}",
            "DATABASE_URL": database_url,
            "REDIS_URL": f"unix://{self.socket}/redis",
            "RECORDINGS_URL": f"file://{folder}/recordings",
            "SPOOL_FOLDER": f"{folder}/spool",
            "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
            "TWILIO_AUTH_TOKEN": "storm",
            "SECRET_KEY": "storm",
            "SEALING_KEYS": KEY,
            "JOIN_KEY": KEY,
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.phone_at = ("127.0.0.1", port + 1)

    @cached_property
    def phone(self) -> Phone:
        """The phone of everybody who rings this house."""
        return Phone(self.env["PUBLIC_URL"], self.env["TWILIO_ACCOUNT_SID"], "storm")

    def start(self, name: str) -> None:
        command = self._redis() if name == "redis" else self._commands[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """The process and everything in its group, with -9: nothing gets to tidy up."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *words],
            cwd=ROOT,
            env=self.env,
            text=True,
            capture_output=True,
            check=False,
        )

    def close(self) -> None:
        for name in ("clock", "worker", "web", "redis"):
            self.running[name].terminate()
            self.running[name].wait(40)
        shutil.rmtree(self.socket, ignore_errors=True)

    def _redis(self) -> list[str]:
        words = f"--port 0 --unixsocket {self.socket}/redis --dir {self.socket} --save "
        return ["redis-server", *words.split(" "), "--appendonly", "no"]


def wait_for(true: Callable[[], object], seconds: float) -> None:
    """Until it is true; the end with a word after that many seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the line did not settle in time")
        time.sleep(0.3)


def answers(url: str) -> bool:
    """Whether somebody answers there."""
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
