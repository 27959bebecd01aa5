"""What the back room works with in these tests: a Twilio of our own, Redis, real processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from practice.voice import speak
from store.recordings import Recordings, StoreAway

ROOT = Path(__file__).parent.parent.parent
Answer = Callable[[BaseHTTPRequestHandler], None]


@cache
def spoken(words: str) -> bytes:
    """The words in the practice phone's voice, as a telephone WAV."""
    return speak(words)


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer of Twilio's; a promised length that is not the body's makes it a broken one."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


class Twilio:
    """Twilio's REST API as far as the back room asks it; `oddly` holds answers to give first."""

    def __init__(self) -> None:
        self.sounds: dict[str, bytes] = {}
        self.oddly: list[Answer] = []
        self.asked: list[str] = []
        self.connections = 0
        twilio = self

        class Request(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # as Twilio's: a connection serves several requests

            def setup(self) -> None:
                twilio.connections += 1
                super().setup()

            def do_GET(self) -> None:
                twilio.answer(self)

            def do_DELETE(self) -> None:
                twilio.answer(self)

            def handle(self) -> None:
                with suppress(ConnectionError):
                    super().handle()

            def finish(self) -> None:
                with suppress(OSError, ValueError):
                    super().finish()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(f"{request.command} {request.path}")
        sid = Path(request.path).stem
        if self.oddly:
            self.oddly.pop(0)(request)
        elif sid not in self.sounds:
            says(404)(request)
        elif request.command == "DELETE":
            del self.sounds[sid]
            says(204)(request)
        else:
            says(200, self.sounds[sid], Content_Type="audio/x-wav")(request)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Redis:
    """A redis-server of these tests alone, on a socket in a short folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hrd"))
        self.url = f"unix://{self.folder}/s"
        self.start()

    def start(self) -> None:
        words = f"--port 0 --unixsocket {self.folder}/s --dir {self.folder} --appendonly no"
        self._server = subprocess.Popen(
            ["redis-server", *words.split(), "--save", ""], stdout=subprocess.DEVNULL
        )
        until(lambda: listens(f"{self.folder}/s"))

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It has its connections, takes new ones, and answers on none of them."""
        self._server.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._server.send_signal(signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)


def listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(path) == 0


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that another process does; on a busy machine its start alone is long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


# The worker and the clock as the Procfile starts them, but with a lease of a second, a sweep twice
# a second, and a hook for what is to go wrong: `room` may be furnished otherwise.
QUICK = """
import sys
from dataclasses import replace
from datetime import timedelta
import config
from store.queue import Bell
from workers import clock, jobs, transcribing
from workers.crew import Crew
from workers.room import furnish, load_models
settings = config.read()
room = replace(furnish(settings, with_models=False), lease=timedelta(seconds=1.2))
loaded = load_models(settings, room.script) if {models} else {{}}
room = replace(room, models=loaded)
{more}
jobs.bind(room)
{run}
"""
WORKER = "Crew(settings.redis_url, 1, loaded).work()"
CLOCK = "clock.run(room, Bell(settings.redis_url), every=0.5)"


@contextmanager
def process(environ: dict[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    """A process of ours in a group of its own; whatever is left of it is killed afterwards."""
    clean = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", **environ}
    started = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=clean,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        if started.stdout:
            started.stdout.close()


def quick(environ: dict[str, str], run: str, more: str = "") -> "Iterator[subprocess.Popen[str]]":
    """A worker or a clock that waits for seconds where the real one waits for a minute."""
    return process(environ, "-c", QUICK.format(models=run != CLOCK, more=more, run=run))


def family(oldest: int) -> list[int]:
    """This process and all that it has started, and those that they have: hands, and their jobs."""
    return [oldest, *(one for child in children(oldest) for one in family(child))]


def children(parent: int) -> list[int]:
    """The processes that this one has started and that still run."""
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(number) for number in found.read_text().split()] if found.exists() else []


def alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def stored_file(back, sid) -> Path:
    folder = Path(back.line.environ["RECORDINGS_URL"].removeprefix("file://"))
    return folder / back.take(sid).audio_key


class Hanging(Recordings):
    """A place for audio that answers nobody; it counts how often it was asked."""

    asked = 0

    def delete(self, key: str) -> None:
        self.asked += 1
        raise StoreAway("it does not answer in time")
