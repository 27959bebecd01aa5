"""Starting the practice phone, and where it refuses to start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from practice.settings import SettingError, read_settings
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "token"}


def start(begin=None, **settings):
    environment = {"PATH": os.environ["PATH"], **ACCOUNT, **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "practice"],
        cwd=ROOT,
        env=environment,
        preexec_fn=begin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_production_is_refused_in_one_line():
    process = start(HEARD_ENV="production")

    _, error = process.communicate(timeout=60)

    assert process.returncode == 1
    assert error.count("\n") == 1
    assert "HEARD_ENV" in error


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_and_stops_promptly(stop):
    process = start(PRACTICE_PORT=str(free_port()))
    first_line = process.stdout.readline()

    process.send_signal(stop)
    _, error = process.communicate(timeout=60)

    assert first_line.startswith("practice phone: http://localhost:")
    assert (process.returncode, error) == (0, "")


def test_it_stops_in_a_background_job_too():
    process = start(_ignore_ctrl_c, PRACTICE_PORT=str(free_port()))
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)

    assert process.returncode == 0


def _ignore_ctrl_c():
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def test_settings_have_their_usual_values():
    settings = read_settings(ACCOUNT)

    assert settings.public_url == "http://localhost:8000"
    assert (settings.port, settings.number) == (8001, "+441214960000")


@pytest.mark.parametrize("name", list(ACCOUNT))
def test_a_missing_setting_is_named(name):
    with pytest.raises(SettingError, match=name):
        read_settings({key: value for key, value in ACCOUNT.items() if key != name})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_a_wrong_port_is_named(port):
    with pytest.raises(SettingError, match="PRACTICE_PORT"):
        read_settings(ACCOUNT | {"PRACTICE_PORT": port})
