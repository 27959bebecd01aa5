"""Every entry of the Procfile, with a setting missing or wrong: one line that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workers.parts import ROOT

PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
SERVING = ["web", "worker", "clock"]


def start(name: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    bin_ = Path(sys.executable).parent
    return subprocess.run(
        PROCFILE[name].split(),
        cwd=ROOT,
        env={"PATH": f"{bin_}:{os.environ['PATH']}", "HEARD_ENV": "production", **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def production(environ, sqlite_url, tmp_path) -> dict[str, str]:
    return {
        **environ,
        "DATABASE_URL": sqlite_url,
        "REDIS_URL": f"unix://{tmp_path}/none",
        "PORT": "1",
    }


def test_the_procfile_has_the_entries_that_operators_rely_on():
    assert list(PROCFILE) == ["release", "web", "worker", "clock"]


@pytest.mark.parametrize("entry", SERVING)
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY is missing", id="missing"),
        pytest.param({"JOIN_KEY": "short"}, "JOIN_KEY is wrong", id="bad key"),
        pytest.param({"PORT": "abc"}, "PORT is wrong: 'abc' is not a port number.", id="port"),
        pytest.param(
            {"REDIS_URL": "redis://:aB/cdSecret@host:6379/0"}, "REDIS_URL is wrong", id="redis"
        ),
        pytest.param({"HEARD_GENERATED": "yes"}, "HEARD_GENERATED is set", id="laptop's keys"),
        pytest.param({"PUBLIC_URL": "http://x.org"}, "PUBLIC_URL is wrong", id="http"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_one_line(entry, wrong, told, production):
    done = start(entry, {**production, **wrong})
    said = (done.stdout + done.stderr).splitlines()
    assert done.returncode != 0
    assert len(said) == 1
    assert said[0].startswith(f"heard: {told}")


@pytest.mark.parametrize("entry", ["worker", "clock"])
def test_worker_and_clock_need_the_queue(entry, production):
    done = start(entry, {**production, "REDIS_URL": ""})
    assert done.stderr.startswith("heard: REDIS_URL is missing")
    assert len(done.stderr.splitlines()) == 1


def test_release_needs_no_secret(tmp_path):
    done = start("release", {"DATABASE_URL": f"sqlite:///{tmp_path}/new.db"})
    assert done.returncode == 0
    assert (tmp_path / "new.db").exists()
