"""The desk's pages on a million items beside ten thousand: server time, in one process."""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from app import create_app
from bench import million, million_copied
from store.staff import Role, Staff
from tests.postgres import Cluster

TITLE = "The desk: server time of its pages, a million items against ten thousand"
ROOT = Path(__file__).parent.parent
SMALL, LARGE = 10_000, int(os.environ.get("DESK_ITEMS", million.SIZE))
ROUNDS = int(os.environ.get("DESK_ROUNDS", "40"))
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
ORIGIN, NAME, PASSWORD = "https://line.example.org", "Bench", "three wet otters"
PAGES = {
    "queue: Hear and code": "/",
    "queue: Finished": "/?need=finished",
    "a queue's next page": "NEXT",
    "queue with filters": "/?channel=voice&rating=poor",
    "queue with filters that hardly anything fits": "/?tier=R3&place=zzz",
    "Finished with filters": "/?need=finished&service=gp&language=pa",
    "one item": "ITEM",
    "search: a common word": "/search?q=nurse",
    "search: two common words": "/search?q=nurse+kind",
    "search: a phrase": "/search?q=%22nobody+answered%22",
    "search: a beginning": "/search?q=appoi*",
    "search: a rare word": f"/search?q={million.RARE}",
    "search: a word that nobody said": "/search?q=xyzzy",
    "what is new (asked every 18 s)": "/live?since=1",
}


def measure() -> Iterator[str]:
    """Lines for RESULTS.md: each page's median time on both, and their ratio, pair by pair."""
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder)) as cluster:
        kept = Path(folder)
        small, _ = _on_sqlite(kept, SMALL)
        large, took = _on_sqlite(kept, LARGE)
        yield from _compared("SQLite", small, large, took)
        with cluster.fresh() as few, cluster.fresh() as many:
            small, _ = _on_postgresql(kept, few, SMALL)
            large, took = _on_postgresql(kept, many, LARGE)
            yield from _compared("PostgreSQL", small, large, took)
            for seat in (small, large):  # nobody holds on to what is dropped now
                seat.app.extensions["heard"].database.engine.dispose()


def _compared(database: str, small: "_Seat", large: "_Seat", took: float) -> Iterator[str]:
    yield f"{database}: {LARGE:,} items were made in {took:.0f} s. Medians of {ROUNDS} requests."
    yield ""
    yield f"| {database}: page | {LARGE:,}: ms | {SMALL:,}: ms | ratio |"
    yield "| --- | --- | --- | --- |"
    for name, path in PAGES.items():
        pairs = [(_time(large, path), _time(small, path)) for _ in range(ROUNDS)]
        much, few = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(one / other for one, other in pairs)
        yield f"| {name} | {much * 1000:.1f} | {few * 1000:.1f} | {ratio:.2f} |"
    yield ""


class _Seat:
    """Somebody signed in, and the addresses that depend on what there is."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.app = create_app(environ)
        self.client: FlaskClient = self.app.test_client()
        stored = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        with self.app.extensions["heard"].database.writing() as session:
            session.add(
                Staff(
                    name=NAME,
                    role=Role.TRIAGER,
                    password=stored,
                    one_time=False,
                    added_at=datetime.now(UTC),
                )
            )
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/sign-in"))
        assert token
        fields = {"csrf_token": token[1], "name": NAME, "password": PASSWORD}
        headers = {"Referer": f"{ORIGIN}/"}
        self.client.post("/sign-in", base_url=ORIGIN, data=fields, headers=headers)
        first = self.get("/?need=act")
        self.found = {
            "ITEM": re.findall(r'href="(/feedback/[^"]+)"', first)[-1],
            "NEXT": self._next(self._next("/")),
        }

    def get(self, path: str) -> str:
        answer = self.client.get(path, base_url=ORIGIN)
        assert answer.status_code == 200, (path, answer.status)
        return answer.text

    def _next(self, path: str) -> str:
        found = re.search(r'class="next" href="([^"]+)"', self.get(path))
        assert found
        return found[1].replace("&amp;", "&")


def _time(seat: _Seat, path: str) -> float:
    path = seat.found.get(path, path)
    started = time.perf_counter()
    seat.get(path)
    return time.perf_counter() - started


def _on_sqlite(folder: Path, size: int) -> tuple[_Seat, float]:
    file = folder / f"{size}.db"
    return _desk(folder, f"sqlite:///{file}", lambda: million.fill(str(file), size))


def _on_postgresql(folder: Path, url: str, size: int) -> tuple[_Seat, float]:
    plain = url.replace("+psycopg", "")
    return _desk(folder, url, lambda: million_copied.fill(plain, size))


def _desk(folder: Path, url: str, fill: Callable[[], None]) -> tuple[_Seat, float]:
    migrate = [sys.executable, "-m", "alembic", "-x", f"url={url}", "upgrade", "head"]
    subprocess.run(migrate, cwd=ROOT, check=True, capture_output=True)
    started = time.perf_counter()
    fill()
    took = time.perf_counter() - started
    environ = {
        "DATABASE_URL": url,
        "PUBLIC_URL": ORIGIN,
        "RECORDINGS_URL": f"file://{folder}/recordings",
        "SPOOL_FOLDER": f"{folder}/spool",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "bench",
        "SECRET_KEY": "bench",
        "SEALING_KEYS": KEY,
        "JOIN_KEY": KEY,
    }
    return _Seat(environ), took


if __name__ == "__main__":
    print("\n".join(measure()))
