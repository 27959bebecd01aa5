"""A storm over many hosts: two web, three worker, two clock; PostgreSQL, Redis, S3 and Twilio too.

Each is on a host of its own (bench/net.py), behind a balancer. Cables are cut, processes killed,
hosts restarted in turn, while people text and ring. Needs root and `ip` (Debian: iproute2).
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests

from bench.house import HURRIED, ROOT, House, answers, wait_for
from bench.net import Net
from bench.storm import through
from bench.tally import Report
from tests.postgres import Cluster

TITLE = "A storm over many hosts, on PostgreSQL and S3"
WEB, WORKERS, CLOCKS = ("web1", "web2"), ("worker1", "worker2", "worker3"), ("clock1", "clock2")
OURS = (*WEB, *WORKERS, *CLOCKS)
HOSTS = ("twilio", "door", "postgres", "redis", "s3", *OURS)
PORT = 8000
SECONDS = 10  # a cable is cut for longer than a claim lasts (bench/hurried.py)


@dataclass
class Found:
    """What the storm's report says, and how the rolling restart before it went."""

    restarted: int = 0
    webhooks: int = 0
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0
    storm: Report = field(default_factory=Report)


class Hosts(House):
    """The line's processes, each on a host of its own."""

    def __init__(self, net: Net, folder: Path, database: str) -> None:
        at = net.address
        super().__init__(folder, f"postgresql+psycopg://heard@{at('postgres')}/{database}", PORT)
        self.net, self.phone_at = net, (at("twilio"), PORT)
        self.env |= {
            "WEB_CONCURRENCY": "1",
            "WORKER_CONCURRENCY": "1",
            "PUBLIC_URL": f"http://{at('door')}:{PORT}",
            "TWILIO_API_URL": f"http://{at('twilio')}:{PORT}",
            "REDIS_URL": f"redis://{at('redis')}:{PORT}/0",
            "RECORDINGS_URL": "s3://recordings/line",
            "AWS_ENDPOINT_URL_S3": f"http://{at('s3')}:{PORT}",
            "AWS_ACCESS_KEY_ID": "heard",
            "AWS_SECRET_ACCESS_KEY": "storm",
            "AWS_REGION": "eu-west-2",
        }

    def start(self, name: str) -> None:
        env = {**self.env, "SPOOL_FOLDER": f"{self.folder}/spool-{name}"}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*self.net.inside(name), *self._command(name)],
                cwd=ROOT,
                env=env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, name: str) -> None:
        """As a new version is brought in: told to stop, and waited for."""
        self.running[name].terminate()
        self.running[name].wait(60)

    def close(self) -> None:
        for name in reversed(HOSTS):
            if name in self.running:
                self.running[name].terminate()
        for name, process in self.running.items():
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
                continue
            self.kill(name)

    def ready(self, name: str) -> bool:
        return answers(f"http://{self.net.address(name)}:{PORT}/readyz")

    def make_bucket(self) -> None:
        wait_for(lambda: answers(self.env["AWS_ENDPOINT_URL_S3"]), 60)
        requests.put(f"{self.env['AWS_ENDPOINT_URL_S3']}/recordings", timeout=9).raise_for_status()

    def _command(self, name: str) -> list[str]:
        kind = name.rstrip("123")
        python, port = sys.executable, str(PORT)
        quiet = ["--protected-mode", "no", "--save", "", "--dir", str(self.socket)]
        return {
            "door": [python, "-m", "bench.balancer", port, *self._doors()],
            "redis": ["redis-server", "--bind", self.net.address("redis"), "--port", port, *quiet],
            "s3": [python, "-m", "moto.server", "-H", "0.0.0.0", "-p", port],  # noqa: S104
            "web": [python, "-m", "gunicorn"],
            **HURRIED,
        }[kind if kind in ("web", "worker", "clock") else name]

    def _doors(self) -> list[str]:
        return [f"{self.net.address(name)}:{PORT}" for name in WEB]


def measure() -> Iterator[str]:
    """Lines for RESULTS.md, of a long storm."""
    if os.geteuid() != 0:
        yield "Not run: hosts of their own need root."
        return
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), texts=400, calls=120, rounds=5)
    storm = found.storm
    yield (
        f"A rolling restart of both web hosts, {found.restarted} times, under load: "
        f"{found.webhooks} webhooks, {len(found.failed)} failed, the slowest {found.slowest:.1f} s."
    )
    yield ""
    yield f"Then: {', '.join(f'{what} {n}' for what, n in sorted(storm.killed.items()))}."
    yield ""
    yield "| texts sent | recordings made | lost, doubled or changed | whole again after |"
    yield "| --- | --- | --- | --- |"
    yield (
        f"| {storm.texts} | {storm.recordings} | {len(storm.wrong)} "
        f"| {storm.settled_seconds:.0f} s |"
    )


def run(folder: Path, texts: int, calls: int, rounds: int) -> Found:
    """Make the hosts, and have the storm directed from Twilio's. Raises where it broke off."""
    with Net(HOSTS) as net:
        words = [net.prefix, str(folder), str(texts), str(calls), str(rounds)]
        done = subprocess.run(
            [*net.inside("twilio"), sys.executable, "-m", "bench.hosts", *words],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found = json.loads((folder / "found.json").read_text())
    return Found(**{**found, "storm": Report(**found["storm"])})


def direct(prefix: str, folder: Path, texts: int, calls: int, rounds: int) -> Found:
    """On Twilio's host: start everything, restart it in turn, let the storm loose, count."""
    net, found, dice = Net(HOSTS, prefix), Found(), random.Random(7)  # noqa: S311
    where = {"inside": net.inside("postgres"), "listen": net.address("postgres")}
    with Cluster(folder, safe=True, **where) as cluster:  # type: ignore[arg-type]
        house = Hosts(net, folder, cluster.template)
        for name in ("redis", "s3", "door"):
            house.start(name)
        migrate = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(migrate, cwd=ROOT, env=house.env, check=True, capture_output=True)
        house.make_bucket()
        for name in OURS:
            house.start(name)
        wait_for(lambda: all(map(house.ready, WEB)), 120)
        _restart_in_turn(house, found, rounds)
        found.storm = through(house, texts, calls, dice, lambda r: _storm(house, r, rounds))
    return found


def _restart_in_turn(house: Hosts, found: Found, rounds: int) -> None:
    """New versions come in, host after host, while people text without a pause."""
    over = threading.Event()
    times: list[float] = []

    def text(person: int) -> None:
        while not over.is_set():
            started = time.monotonic()
            house.phone.text(f"+4477008{person:05d}", "a webhook of the restart")
            times.append(time.monotonic() - started)

    people = [threading.Thread(target=text, args=(number,)) for number in range(4)]
    for person in people:
        person.start()
    try:
        for _ in range(rounds):
            for name in WEB:
                house.stop(name)
                house.start(name)
                wait_for(lambda name=name: house.ready(name), 60)  # type: ignore[misc]
            found.restarted += 1
    finally:
        over.set()
        for person in people:
            person.join()
    found.webhooks, found.slowest = len(times), max(times)
    found.failed = list(house.phone.warnings)


@contextmanager
def _storm(house: Hosts, report: Report, rounds: int) -> Iterator[None]:
    """One trouble after the other, so many rounds of them, while people text and ring."""
    storming = threading.Thread(target=_rounds, args=(house, report, rounds))
    storming.start()
    try:
        yield
    finally:
        storming.join()


def _rounds(house: Hosts, report: Report, rounds: int) -> None:
    for number in range(rounds):
        turn = WORKERS[number % 3 :] + WORKERS[: number % 3]
        troubles: Sequence[tuple[str, Callable[[str], None], str]] = (
            ("cable cut", house.net.cut, turn[0]),
            ("killed", house.kill, turn[1]),
            ("restarted", house.stop, turn[2]),
            ("cable cut", house.net.cut, WEB[number % 2]),
            ("killed", house.kill, CLOCKS[number % 2]),
            ("cable cut", house.net.cut, CLOCKS[1 - number % 2]),
        )
        for what, act, name in troubles:
            act(name)
            report.killed[f"{name.rstrip('123')} {what}"] += 1
            if what != "cable cut":
                house.start(name)
            time.sleep(1)
        time.sleep(SECONDS - 5)
        for what, _, name in troubles:
            if what == "cable cut":
                house.net.mend(name)
        web = WEB[1 - number % 2]
        house.kill(web)
        report.killed["web killed"] += 1
        house.start(web)
        wait_for(lambda web=web: house.ready(web), 60)  # type: ignore[misc]


def main(words: list[str]) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    prefix, folder, *numbers = words
    found = direct(prefix, Path(folder), *map(int, numbers))
    written = vars(found) | {"storm": vars(found.storm)}
    (Path(folder) / "found.json").write_text(json.dumps(written))


if __name__ == "__main__":
    main(sys.argv[1:])
