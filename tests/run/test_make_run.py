"""`make run`: the whole line from nothing, in a copy of this checkout, and nothing left of it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from dotenv import dotenv_values

from tests.ports import free_port
from tests.workers.parts import ROOT, alive, until

pytestmark = pytest.mark.xdist_group("run")
KIND = "the nurse was kind"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """What a clone holds, with what is not committed yet; no `var/`, no settings."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    folder = tmp_path_factory.mktemp("clone")
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


class Running:
    """`make run` in a copy, its first lines, and every process that came of it."""

    def __init__(self, checkout: Path, port: int, **more: str) -> None:
        self.checkout, self.began, self.said = checkout, time.monotonic(), ""
        self.env = {"PATH": "/usr/bin:/bin", "HOME": str(checkout), "PORT": str(port), **more}
        self.desk, self.phone = f"http://localhost:{port}", f"http://localhost:{port + 1}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "practice.run"],
            cwd=checkout,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def read_until(self, word: str) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if line.startswith(word):
                return
        raise AssertionError(f"it ended: {self.said}")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *words],
            cwd=self.checkout,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )

    def items(self) -> list[dict]:
        return [json.loads(line) for line in self.command("export").stdout.splitlines()]

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        assert self.process.stdout
        self.said += self.process.stdout.read()
        self.process.wait(60)

    def pids(self, words: str) -> list[int]:
        """What runs in this copy and has these words in how it was started, oldest first."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                here = (place / "cwd").readlink().is_relative_to(self.checkout)
                said = (place / "cmdline").read_bytes().replace(b"\0", b" ")
            except OSError:
                continue
            if here and words.encode() in said:
                found.append(int(place.name))
        return sorted(found)

    def others(self) -> list[int]:
        """Everything that runs in this copy or with its files."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                here = (place / "cwd").readlink() == self.checkout
                words = (place / "cmdline").read_bytes()
            except OSError:
                continue
            if here or str(self.checkout).encode() in words:
                found.append(int(place.name))
        return [number for number in found if alive(number)]


@contextmanager
def running(checkout: Path, port: int, **more: str) -> Iterator[Running]:
    started = Running(checkout, port, **more)
    try:
        started.read_until("stop")
        yield started
    finally:
        for number in {started.process.pid, *started.others()}:
            if alive(number):
                os.kill(number, signal.SIGKILL)
        started.process.wait()
        if started.process.stdout:
            started.process.stdout.close()


def test_a_text_and_a_call_become_feedback_and_ctrl_c_ends_it_all(checkout):
    port = free_port(behind=1)
    with running(checkout, port) as line:
        said = dict(row.split(maxsplit=1) for row in line.said.splitlines() if row[:1].islower())
        assert said["desk"] == f"{line.desk}/"
        assert said["phone"] == f"{line.phone}/"
        assert said["sign"].startswith("in  practice ")
        texted = requests.post(
            f"{line.phone}/practice/texts",
            json={"from": "07700 900123", "body": "The ward was clean"},
            timeout=60,
        ).json()
        calls = f"{line.phone}/practice/calls"
        call = requests.post(calls, json={"from": None}, timeout=60).json()
        requests.post(f"{calls}/{call['sid']}/press", json={"digits": "0"}, timeout=60)
        spoken = {"words": KIND, "end": "hangup"}
        requests.post(f"{calls}/{call['sid']}/speak", json=spoken, timeout=60)
        ended = time.monotonic()
        until(lambda: len(line.items()) == 2 and line.items()[1]["words"])
        assert time.monotonic() - ended < 30  # it was rung for: the sweep would come later
        text, voice = line.items()
        assert (text["words"], voice["words"]) == ("The ward was clean", KIND)
        assert text["reference"] in texted["replies"][0]
        assert voice["recordings"][0]["state"] == "words"
        doctor = line.command("doctor")
        assert (doctor.returncode, "wrong" in doctor.stdout) == (0, False), doctor.stdout

        caught = line.command("catch-up")
        assert caught.returncode == 0, caught.stderr  # it asked the practice phone

        line.stop()
        assert not (checkout / "var" / "running.env").exists()
        assert "SIGKILL" not in line.said
        assert line.process.returncode == 0
        assert line.others() == []
        for taken in (port, port + 1):
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", taken)) != 0

    with running(checkout, port) as line:
        assert time.monotonic() - line.began < 90
        assert [item["words"] for item in line.items()] == ["The ward was clean", KIND]
        os.kill(line.process.pid, signal.SIGHUP)  # the window is closed
        assert line.process.wait(60) == 0
        assert line.others() == []


def test_redis_is_brought_back_and_when_another_ends_it_is_said_what_to_do(checkout):
    port = free_port(behind=1)
    with running(checkout, port) as line:
        before = line.pids("redis-server")
        os.kill(before[0], signal.SIGKILL)
        until(lambda: line.pids("redis-server") not in ([], before))
        until(lambda: "queue: 0 waiting" in line.command("doctor", "--quick").stdout)
        os.kill(line.pids("-m workers")[0], signal.SIGKILL)
        line.said += line.process.stdout.read()
        assert line.process.wait(60) != 0
        assert "Redis ended and is started again" in line.said
        assert "start `make run` again" in line.said.splitlines()[-1]


def ends(checkout: Path, **more: str) -> tuple[int, str]:
    """A start that is to end by itself: its status and all that it said."""
    started = subprocess.Popen(
        [sys.executable, "-m", "practice.run"],
        cwd=checkout,
        env={"PATH": "/usr/bin:/bin", "HOME": str(checkout), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with started:
        try:
            said, _ = started.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            started.terminate()  # it stops what it started, too
            raise
    return started.returncode, said


def test_a_port_that_is_taken_is_one_line_on_what_to_do(checkout):
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        status, said = ends(checkout, PORT=str(port))
    assert (status, said) == (1, f"Port {port} is in use. Start on another: PORT=8080 make run\n")


def test_a_port_that_is_none_is_one_line(checkout):
    assert ends(checkout, PORT="http") == (1, "PORT is wrong: 'http' is not a port number.\n")


def test_production_is_refused(checkout):
    status, said = ends(checkout, HEARD_ENV="production")
    assert status == 1
    assert said.startswith("make run is for trying the line out")
    assert len(said.splitlines()) == 1


def test_a_start_that_cannot_migrate_says_why_in_a_line_and_leaves_nothing(checkout):
    port = free_port(behind=1)
    status, said = ends(checkout, PORT=str(port), DATABASE_URL="mysql://x")
    assert status == 1
    assert len(said.splitlines()) == 1
    assert "DATABASE_URL is wrong" in said
    assert not Path(dotenv_values(checkout / "var" / "settings.env")["REDIS_URL"][7:]).exists()


def test_a_second_start_beside_the_first_is_one_line(checkout):
    port = free_port(behind=1)
    folder = Path(dotenv_values(checkout / "var" / "settings.env")["REDIS_URL"][7:]).parent
    folder.mkdir()
    with socket.socket(socket.AF_UNIX) as first:
        first.bind(str(folder / "redis"))
        first.listen()
        status, said = ends(checkout, PORT=str(port))
    shutil.rmtree(folder)
    assert (status, len(said.splitlines())) == (1, 1)
    assert said.startswith("This checkout is running already")


def test_the_laptops_secrets_are_for_its_user_alone(checkout):
    ends(checkout, PORT="http")
    kept = checkout / "var" / "settings.env"
    assert kept.stat().st_mode & 0o777 == 0o600
    before = kept.read_text()
    ends(checkout, PORT="http")
    assert kept.read_text() == before
