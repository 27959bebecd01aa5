"""A fresh database for each test, SQLite and PostgreSQL; a line to text and ring."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from redis import Redis as Client

from tests import quicker
from tests.driver import Line
from tests.postgres import Cluster
from tests.s3 import S3
from tests.workers.parts import Redis
from triage import passwords

ROOT = Path(__file__).parent.parent
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
ENVIRON = {
    "PUBLIC_URL": "https://line.example.org",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "token-of-the-tests",
    "SECRET_KEY": "secret-of-the-tests",
    "SEALING_KEYS": KEY,
    "JOIN_KEY": KEY,
}

# Checked by the same code, made in no time: the tests sign in a thousand times.
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
quicker.share()

NOT_OURS = ("TWILIO_", "HEARD_", "SEALING_", "JOIN_", "DATABASE_", "REDIS_", "AWS_")

settings.register_profile(
    "heard",
    deadline=None,
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("heard")


def migrate(url: str, to: str = "head") -> None:
    """Every migration, as `release` runs them; or those of an older version."""
    subprocess.run(
        [sys.executable, "-m", "alembic", "-x", f"url={url}", "upgrade", to],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once and copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL of this test run alone, with a migrated template in it."""
    with Cluster(tmp_path_factory.mktemp("postgres")) as running:
        migrate(running.url(running.template))
        yield running


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    shutil.copy(empty_sqlite, tmp_path / "heard.db")
    return f"sqlite:///{tmp_path}/heard.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh, migrated database; every test that asks runs on both."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    running: Cluster = request.getfixturevalue("cluster")
    with running.fresh() as url:
        yield url


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Settings of a test: nothing of the machine's own environment gets in."""
    return {
        **ENVIRON,
        "RECORDINGS_URL": f"file://{tmp_path}/recordings",
        "SPOOL_FOLDER": f"{tmp_path}/spool",
    }


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    running = Redis()
    yield running
    running.close()


@pytest.fixture
def redis(redis_server: Redis) -> Redis:
    """Redis, empty."""
    with Client.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server


@pytest.fixture
def line(database_url: str, environ: dict[str, str]) -> Iterator[Line]:
    """The line on both databases."""
    with Line({**environ, "DATABASE_URL": database_url}) as opened:
        yield opened


@pytest.fixture
def sqlite_line(sqlite_url: str, environ: dict[str, str]) -> Iterator[Line]:
    """The line on SQLite alone, for what no database changes."""
    with Line({**environ, "DATABASE_URL": sqlite_url}) as opened:
        yield opened


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    running = S3()
    yield running
    running.close()


@pytest.fixture
def s3(s3_server: S3, monkeypatch: pytest.MonkeyPatch, nothing_of_this_machine: None) -> S3:
    """An S3 server that this process's settings name, and nothing odd on the way to it."""
    for name, value in s3_server.environ.items():
        monkeypatch.setenv(name, value)
    s3_server.oddly, s3_server.asked = [], []
    return s3_server


@pytest.fixture
def bucket(s3: S3) -> str:
    """The address of a bucket of this test alone."""
    return s3.bucket(f"recordings-{uuid.uuid4().hex}")


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test must not read the settings of whoever runs it."""
    for name in list(os.environ):
        if name.startswith(NOT_OURS):
            monkeypatch.delenv(name)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a clean machine nothing may be missing: a skip is a failure there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that everybody sees at each whole run, as the tests that made them handed them on."""
    for report in terminalreporter.stats.get("passed", ()):
        for title, rows in report.user_properties:
            terminalreporter.section(title)
            for row in rows:
                terminalreporter.write_line(row)
