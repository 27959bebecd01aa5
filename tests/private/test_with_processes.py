"""The whole line as it runs: where a number is before an erasure, and that nothing is after it."""

import base64
import json
import shutil
import subprocess
import threading
import zlib
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

import pytest
import redis
import requests
from click import Command
from click.testing import CliRunner

from bench.crowd import twilio
from bench.house import PROCESSES, House, answers
from commands.catch_up import catch_up
from commands.doctor import doctor
from commands.export import export
from store.staff import Role
from tests.desk.conftest import Desk, Seat, seated
from tests.driver import Line
from tests.ports import free_port
from tests.workers.parts import until

pytestmark = pytest.mark.xdist_group("processes")

CALLER = "+447700900461"
DIGITS = CALLER.removeprefix("+44")  # as Twilio sends it; they type and say it otherwise
TYPED = "07700 900461"
TEXTED = f"Nurse Featherstonehaugh was kind, ring {TYPED}, the walrus wallpaper is lovely"
SAID = (
    "margaret was kind to me and brought an umbrella and a piano "
    "my number is oh double seven double oh nine double oh four six one"
)
NAMES = ("featherstonehaugh", "margaret")
WORDS = (*NAMES, "walrus", "umbrella", "piano")
NEW = base64.urlsafe_b64encode(b"n" * 32).decode()


class Lived(House):
    """A house that runs, its database away when the first text came; a neighbour is noise."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self.path = folder / "heard.db"
        super().__init__(folder, f"sqlite:///{self.path}", free_port(behind=1))
        self.path.mkdir()
        self.start("redis")
        self.start("web")
        until(lambda: answers(f"{self.env['PUBLIC_URL']}/healthz"))
        self.phone.text(CALLER, TEXTED)
        self.spooled = b"".join(file.read_bytes() for file in self.files("spool"))
        self.path.rmdir()
        shutil.copy(empty, self.path)
        self.start("worker")
        self.start("clock")
        self.phone.text("+447700900999", "The porters were lovely")

    def files(self, under: str = "") -> list[Path]:
        return [path for path in (self.folder / under).rglob("*") if path.is_file()]

    def restart(self) -> None:
        """As an upgrade does it: all are asked to end, and waited for."""
        for name in PROCESSES:
            self.running[name].terminate()
        for name in PROCESSES:
            self.running[name].wait(60)
            self.start(name)
        until(lambda: answers(f"{self.env['PUBLIC_URL']}/readyz"))

    def told(self, command: Command, *words: str) -> str:
        """What a command writes, run in this process."""
        done = CliRunner().invoke(command, words, env=self.env)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout

    def export(self, *more: str) -> str:
        return self.told(export, *more)

    def items(self) -> list[dict]:
        return [json.loads(line) for line in self.export().splitlines()]

    def ring(self) -> None:
        call = self.phone.call(CALLER)
        call.press("0")
        call.speak(SAID, "hangup")
        until(lambda: [item for item in self.items() if item["recordings"] and item["words"]])

    @cached_property
    def desk(self) -> Seat:
        """A lead at the desk of this database, in this process."""
        line = Line({**self.env, "PUBLIC_URL": "https://line.example.org"})
        return seated(Desk(line), Role.LEAD, "Lee")


@pytest.fixture(scope="module")
def house(tmp_path_factory, empty_sqlite):
    running = Lived(tmp_path_factory.mktemp("lived"), empty_sqlite)
    with ExitStack() as ends, twilio(running.phone, running.phone_at):
        ends.callback(running.close)
        until(lambda: len(running.items()) == 2)
        yield running


def in_redis(house) -> bytes:
    """Its dump, and every key and value, those that RQ packed opened."""
    there = redis.Redis(unix_socket_path=f"{house.socket}/redis")
    there.config_set("rdbcompression", "no")
    there.save()
    read = {b"string": there.get, b"hash": there.hgetall, b"set": there.smembers,
            b"list": lambda key: there.lrange(key, 0, -1), b"stream": there.xrange,
            b"zset": lambda key: there.zrange(key, 0, -1)}  # fmt: skip
    found = []
    for key in there.scan_iter():
        value = read[there.type(key)](key)
        parts = [*value, *value.values()] if isinstance(value, dict) else [value]
        found += [key, *(opened(part) for part in parts)]
    return b"\n".join([(house.socket / "dump.rdb").read_bytes(), *found])


def opened(value: object) -> bytes:
    raw = value if isinstance(value, bytes) else repr(value).encode()
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def figures(sitting: Seat) -> str:
    """Every table of the figures."""
    sitting.post("/sure", password="three wet otters")
    page = sitting.get("/figures").text
    tables = {part.partition(".csv")[0] for part in page.split('href="/figures/')[1:]}
    assert tables, page
    shown = [sitting.get(f"/figures/{table}.csv") for table in tables]
    assert {answer.status_code for answer in shown} == {200}
    return page + "".join(answer.text for answer in shown)


def places(house) -> dict[str, str]:
    """Everything that the line has or gives away, in small letters, each by its name."""
    # By a process of its own: who opens and closes the file lets go of all locks of this one on it.
    database = subprocess.run(
        ["cat", *house.folder.glob("heard.db*")], capture_output=True, check=True
    )
    raw = {
        "database": database.stdout,
        "recordings": b"".join(path.read_bytes() for path in house.files("recordings")),
        "spool": b"".join(path.read_bytes() for path in house.files("spool")),
        "logs": b"".join(path.read_bytes() for path in house.folder.glob("*.log")),
        "redis": in_redis(house),
    }
    said = {
        "metrics": requests.get(f"{house.env['PUBLIC_URL']}/metrics", timeout=30).text,
        "figures": figures(house.desk),
        **{f"export {' '.join(more)}": house.export(*more) for more in EXPORTS},
    }
    return {
        **{name: some.decode("utf-8", "replace").lower() for name, some in raw.items()},
        **{name: some.lower() for name, some in said.items()},
    }


EXPORTS = ((), ("--redacted",), ("--format", "csv"), ("--redacted", "--format", "csv"))


def having(found: dict[str, str], *words: str) -> set[str]:
    return {name for name, some in found.items() for word in words if word in some}


def test_a_number_is_nowhere_but_sealed_and_after_an_erasure_nothing_is_anywhere(house):
    house.ring()
    heard = next(item["words"] for item in house.items() if item["recordings"])
    assert "double" in heard
    before = places(house)
    assert having({"": house.spooled.decode("latin1").lower()}, DIGITS, *WORDS) == set()
    assert len(house.spooled) > 100
    assert having(before, DIGITS) == set()
    originals = {"database", "export ", "export --format csv"}
    assert having(before, TYPED, heard[-30:], *NAMES) == originals
    assert having(before, "walrus", "umbrella") == originals | {
        "export --redacted",
        "export --redacted --format csv",
    }
    assert "heard_" in before["metrics"]
    assert all(len(before[name]) > 100 for name in before if name != "spool")

    done = house.flask("forget", CALLER)
    assert (done.returncode, done.stdout.count("proved: nothing")) == (0, 2), done.stdout
    after = places(house)
    assert having(after, DIGITS, TYPED, heard[-30:], *WORDS) == set()
    assert after["recordings"] == ""
    assert "the porters were lovely" in after["export "]
    assert house.phone.thread(CALLER) == []
    assert len(house.phone.recordings.oldest_first()) == 0


def test_a_key_is_changed_while_people_write_and_nothing_is_lost(house):
    over, sent, old = threading.Event(), [], house.env["SEALING_KEYS"]

    def write() -> None:
        while not over.wait(0.1):
            sent.append(f"message {len(sent)} about the ward")
            house.phone.text(f"+4477009{len(sent):05d}", sent[-1])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        house.env["SEALING_KEYS"] = f"{NEW},{old}"
        house.restart()
        before = len(sent)
        done = house.flask("reseal")
    finally:
        over.set()
        writer.join()
    assert (done.returncode, "nothing needs an older key" in done.stdout) == (0, True), done
    assert len(sent) > before > 1
    house.env["SEALING_KEYS"] = NEW
    house.told(catch_up, "--since", "1d")  # who texted while the web was away
    bodies = [text["body"] for item in house.items() for text in item["texts"]]
    assert sorted(body for body in bodies if body.startswith("message")) == sorted(sent)
    findings = CliRunner().invoke(doctor, env=house.env).stdout
    assert "ok       sealing keys: one, and it opens everything" in findings
