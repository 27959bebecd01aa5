"""Outages as they are: a server that stops or hangs, a lock that is held, processes that die."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from handlers import replay
from store import engine, talks
from store.arrival_rows import Channel
from store.database import Database
from tests.conftest import ROOT, migrate
from tests.driver import CALLER, NUMBER
from tests.handlers.rows import ledger, rows
from tests.postgres import Cluster
from tests.shelter.spooled import Sheltered

OTHER = "+447700900999"
REPLAY = """
import sys
from app import create_app
here = create_app(dict(pair.split("=", 1) for pair in sys.argv[1:])).extensions
here["heard.shelter"].replay.round()
here["heard"].database.engine.dispose()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A PostgreSQL that a test may stop."""
    with Cluster(tmp_path_factory.mktemp("stopped")) as running:
        migrate(running.url(running.template))
        yield running


@pytest.fixture
def on_postgres(server, environ):
    with server.fresh() as url, Sheltered({**environ, "DATABASE_URL": url}) as line:
        yield line


def replaying(line):
    """Another web process of the same host, bringing back what waits."""
    settings = [f"{name}={value}" for name, value in line.environ.items()]
    return subprocess.Popen([sys.executable, "-W", "error", "-c", REPLAY, *settings], cwd=ROOT)


@contextmanager
def stopped(server):
    """The server is shut down with all its connections, and started again as it was."""
    data = server.folder / "data"
    server._run("pg_ctl", "-D", data, "-m", "fast", "stop")
    yield
    log, options = server.folder / "log", f"-k {server.folder} -c listen_addresses= -c fsync=off"
    server._run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")


def processes(server):
    """The server and its children, by their ids."""
    first = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]


@contextmanager
def hanging(server):
    """The server still has its connections, and answers on none of them."""
    found = processes(server)
    for number in found:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in found:
            os.kill(number, signal.SIGCONT)


@contextmanager
def locked(line):
    """Somebody else holds the whole of SQLite's file."""
    held = sqlite3.connect(line.environ["DATABASE_URL"].removeprefix("sqlite:///"))
    held.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        held.rollback()
        held.close()


@contextmanager
def timed(most):
    """A webhook that meets the trouble itself waits 5 s for the database; none waits beside it."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < most


def a_call_and_texts(line, count=4):
    call = line.ring()
    for n in range(count):
        assert line.text(f"{n}: the ward was cold") is not None
    call.speak()
    line.text("0: the ward was cold", sid="SMagain")
    line.text("0: the ward was cold", sid="SMagain")
    call.recorded()
    call.hang_up()


def seen(line):
    return sorted(text.body for item in line.items() for text in item.texts)


def test_a_server_that_stops_loses_nothing_and_all_is_there_once_when_it_is_back(
    on_postgres, server
):
    on_postgres.text("before: the ward was cold")
    with stopped(server), timed(9):
        a_call_and_texts(on_postgres)
    on_postgres.caught_up()

    assert len(seen(on_postgres)) == len(set(ledger(on_postgres, "sid"))) - 2 == 6
    assert rows(on_postgres)["recordings"] == 1
    assert on_postgres.files() == []


def test_a_server_that_hangs_keeps_one_webhook_waiting_and_no_other(on_postgres, server):
    on_postgres.text("before: the ward was cold")
    with hanging(server):
        with timed(9):
            assert "we have that" in on_postgres.text("one: the ward was cold")
        with timed(4.5):
            a_call_and_texts(on_postgres)
    on_postgres.caught_up()

    assert len(seen(on_postgres)) == 7
    assert rows(on_postgres)["recordings"] == 1


def test_a_file_that_is_locked_keeps_one_webhook_waiting_and_no_other(line):
    with locked(line):
        with timed(9):
            assert "we have that" in line.text("one: the ward was cold")
        with timed(4.5):
            a_call_and_texts(line)
    line.caught_up()

    assert len(seen(line)) == 6
    assert rows(line)["recordings"] == 1


@contextmanager
def standing_still(line, phone):
    """A web host that stops, or vanishes, amid a webhook: it holds what it had locked."""
    other = Database(line.environ["DATABASE_URL"])
    session = Session(other.engine)
    joined = line.house.seal.join(phone)
    talks.found(session, Channel.TEXT, talks.key(joined, NUMBER))
    try:
        yield session
    finally:
        session.invalidate()
        other.engine.dispose()


def test_a_host_that_stands_still_amid_a_text_is_not_waited_for_for_ever(on_postgres, monkeypatch):
    monkeypatch.setattr(engine, "HOLDS", 7)
    on_postgres.text("before: the ward was cold")
    with standing_still(on_postgres, CALLER):
        assert "we have that" in on_postgres.text("one: the ward was cold")
        on_postgres.text("two: the ward was cold", frm=OTHER)
        on_postgres.caught_up()

    assert len(seen(on_postgres)) == 3


def test_whose_rows_another_host_holds_waits_in_order_and_nobody_else_does(
    on_postgres, monkeypatch
):
    monkeypatch.setattr(replay, "PATIENCE", 1)
    on_postgres.text("0: the ward was cold")
    with standing_still(on_postgres, CALLER):
        for n, phone in enumerate((CALLER, OTHER, CALLER, OTHER), 1):
            on_postgres.text(f"{n}: the ward was cold", frm=phone)
        until = time.monotonic() + 60
        while len(seen(on_postgres)) < 3 and time.monotonic() < until:
            on_postgres.replay.round()
        assert seen(on_postgres) == [f"{n}: the ward was cold" for n in (0, 2, 4)]
    on_postgres.caught_up()

    theirs = [text.body[0] for text in on_postgres.items()[0].texts]
    assert theirs == ["0", "1", "3"]


def test_of_two_processes_one_replays_and_the_other_lets_it(line):
    with line.away():
        a_call_and_texts(line, 10)
    line.replay.stop()
    for process in [replaying(line) for _ in range(3)]:
        assert process.wait(120) == 0

    assert len(seen(line)) == 11
    assert len(set(ledger(line, "sid"))) == 13
    assert line.files() == []


def test_a_process_that_is_killed_while_it_replays_loses_and_doubles_nothing(line):
    with line.away():
        for n in range(150):
            line.text(f"{n:03}: the ward was cold", frm=f"+4477009{n:05}")
    line.replay.stop()
    for _ in range(2):
        left = len(line.files())
        process = replaying(line)
        while len(line.files()) > left - 10:
            assert process.poll() is None
            time.sleep(0.001)
        process.kill()
        process.wait()
    assert 0 < len(line.files()) <= 130
    with Sheltered(line.environ) as another:
        another.caught_up()

    assert seen(line) == [f"{n:03}: the ward was cold" for n in range(150)]
    assert rows(line)["ledger"] == 150


def test_a_web_process_that_starts_brings_back_what_another_left(line):
    with line.away():
        line.text("The ward was cold")
    line.replay.stop()
    with Sheltered(line.environ) as another:
        another.replay.begin()
        until = time.monotonic() + 60
        while another.spool.waiting():
            assert time.monotonic() < until
            time.sleep(0.05)

    assert seen(line) == ["The ward was cold"]
