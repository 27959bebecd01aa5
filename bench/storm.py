"""A storm: people text and ring while processes are killed; afterwards everything is counted.

Web, worker, clock and Redis run as the Procfile starts them and are killed with -9 at random;
webhooks are doubled, lost, late and out of order. The practice phone plays Twilio throughout.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import requests
from werkzeug.serving import make_server

from practice.manners import Manners, Order
from practice.page import build
from practice.phone import Phone
from practice.recordings import Recording
from practice.shelf import Shelf
from practice.texts import Text
from practice.voice import speak

ROOT = Path(__file__).parent.parent
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SAID = "the nurse was very kind and the ward was clean"
PROCESSES = {
    "web": [sys.executable, "-m", "gunicorn"],
    "worker": [sys.executable, "-m", "workers"],
    "clock": [sys.executable, "-m", "workers", "clock"],
}


@dataclass
class Report:
    """What was sent, what was found afterwards, and what did not agree."""

    texts: int = 0
    recordings: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    catch_up_seconds: float = 0.0
    settled_seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


class House:
    """The line's processes on one machine, each of which may die at any moment."""

    def __init__(self, folder: Path, database_url: str, port: int) -> None:
        self.folder, self.port = folder, port
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

    def start(self, name: str) -> None:
        command = self._redis() if name == "redis" else PROCESSES[name]
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


def storm(
    folder: Path,
    database_url: str,
    port: int,
    texts: int,
    calls: int,
    seed: int,
    crash_database: Callable[[], None] | None = None,
) -> Report:
    """Run one storm on a migrated database; the report says what does not agree.

    `crash_database` kills the database server and starts it again, where there is one.
    """
    house, report, dice = House(folder, database_url, port), Report(), random.Random(seed)  # noqa: S311
    for name in ("redis", *PROCESSES):
        house.start(name)
    phone = Phone(house.env["PUBLIC_URL"], house.env["TWILIO_ACCOUNT_SID"], "storm")
    phone.manners = Manners(not_ready=1)
    phone.recordings = made = Remembering()
    try:
        with _twilio(phone, port + 1):
            wait_for(lambda: answers(f"http://127.0.0.1:{port}/readyz"), 30)
            with _killing(house, report, dice, crash_database):
                _everybody(phone, texts, calls, dice)
            _settle(house, phone, report)
            _count(house, phone, made.sids, report)
    finally:
        house.close()
    return report


@contextmanager
def _twilio(phone: Phone, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, build(phone), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()


@contextmanager
def _killing(
    house: House, report: Report, dice: random.Random, crash_database: Callable[[], None] | None
) -> Iterator[None]:
    """Kill something every second or so, and start it again a moment later."""
    over = threading.Event()

    def reap() -> None:
        while not over.wait(dice.uniform(0.5, 1.5)):
            names = ["web", "worker", "worker", "clock", "redis"]
            name = dice.choice([*names, "database"] if crash_database else names)
            if crash_database and report.killed.total() == 1:
                name = "database"  # at least once, whatever the dice say
            report.killed[name] += 1
            if name == "database" and crash_database:
                crash_database()
                continue
            house.kill(name)
            time.sleep(dice.uniform(0.1, 0.6))
            house.start(name)

    reaper = threading.Thread(target=reap)
    reaper.start()
    try:
        yield
    finally:
        over.set()
        reaper.join()


def _everybody(phone: Phone, texts: int, calls: int, dice: random.Random) -> None:
    """Texters and callers, a few at a time, each with a number of their own."""
    pause = 0.4  # seconds between two acts of one person: the storm outlasts many deaths
    wav = speak(SAID)
    acts: list[Callable[[], None]] = [
        lambda n=n: _text(phone, n, dice)
        for n in range(texts)  # type: ignore[misc]
    ]
    acts += [lambda n=n: _call(phone, n, wav, dice) for n in range(calls)]  # type: ignore[misc]
    dice.shuffle(acts)
    todo = iter(acts)
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                act = next(todo, None)
            if act is None:
                return
            act()
            time.sleep(pause)

    people = [threading.Thread(target=work) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    phone.deliver()


def _text(phone: Phone, number: int, dice: random.Random) -> None:
    who, body = f"+4477009{number:05d}", f"message {number} about the ward"
    if dice.random() < 0.1:  # Twilio has it, and its webhook never comes
        phone.texts.put(Text(who, phone.number, body, "inbound", "received", 0))
        return
    phone.text(who, body)
    sent = phone.thread(who)[0]
    for _ in range(dice.choice([0, 0, 1, 2])):
        phone.text(who, body, sid=sent.sid)


def _call(phone: Phone, number: int, wav: bytes, dice: random.Random) -> None:
    phone.manners = Manners(callbacks=dice.choice(get_args(Order)), not_ready=dice.choice([0, 1]))
    call = phone.call(f"+4477010{number:05d}")
    for act in (lambda: call.press("0"), lambda: call.say_wav(wav, dice.choice("#h"))):
        if call.ended:
            return
        if call.waiting == "message":
            call.say_wav(wav, dice.choice(["#", "silence", "hangup"]))
        else:
            act()
    call.hang_up()


def _settle(house: House, phone: Phone, report: Report) -> None:
    """Quiet again: one catch-up, and time for what is left to be done."""
    wait_for(lambda: answers(f"{house.env['PUBLIC_URL']}/readyz"), 30)
    started = time.monotonic()
    caught = house.flask("catch-up", "--since", "1d")
    if caught.returncode:
        report.wrong.append(f"catch-up: {caught.stderr[-300:]}")
    report.catch_up_seconds = time.monotonic() - started
    wait_for(lambda: not _unfinished(house), 120)
    report.settled_seconds = time.monotonic() - started


def _unfinished(house: House) -> list[str]:
    return [
        take["sid"]
        for item in _export(house)
        for take in item["recordings"]
        if take["state"] in ("expected", "stored")
    ]


def _export(house: House) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in house.flask("export").stdout.splitlines()]


class Remembering(Shelf[Recording]):
    """The recordings at Twilio, and the SIDs of all that ever lay there."""

    def __init__(self) -> None:
        super().__init__()
        self.sids: list[str] = []

    def put(self, thing: Recording) -> None:
        self.sids.append(thing.sid)
        super().put(thing)


def _count(house: House, phone: Phone, made: list[str], report: Report) -> None:
    """Both sides: every SID once, every word in place, nothing that nobody said."""
    items = _export(house)
    here = Counter(text["sid"] for item in items for text in item["texts"])
    bodies = {text["sid"]: text["body"] for item in items for text in item["texts"]}
    sent = {t.sid: t.body for t in phone.texts.oldest_first() if t.direction == "inbound"}
    report.texts, report.recordings = len(sent), len(set(made))
    report.wrong += [f"text {sid}: {here[sid]} times" for sid in sent if here[sid] != 1]
    report.wrong += [f"text {sid}: other words" for sid, b in sent.items() if bodies.get(sid) != b]
    report.wrong += [f"text {sid}: nobody sent it" for sid in here if sid not in sent]
    takes = Counter(take["sid"] for item in items for take in item["recordings"])
    words = {
        take["sid"]: (take["transcript"] or {}).get("text")
        for item in items
        for take in item["recordings"]
    }
    for sid in set(made):
        if takes[sid] != 1:
            report.wrong.append(f"recording {sid}: {takes[sid]} times")
        elif words[sid] != SAID:
            report.wrong.append(f"recording {sid}: {words[sid]!r}")
    doctor = house.flask("doctor")
    report.wrong += [line for line in doctor.stdout.splitlines() if line.startswith("wrong")]


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
