"""systemd's units and the containers run what the Procfile names, and let jobs finish."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
PROCFILE = dict(re.findall(r"(?m)^(\w+): (.+)$", (ROOT / "Procfile").read_text()))
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path)
    return read


@pytest.mark.parametrize("name", PROCFILE)
def test_each_runs_what_the_procfile_names(name):
    service = unit(ROOT / f"deploy/systemd/heard-{name}.service")["Service"]

    assert service["ExecStart"] == f"/opt/heard/current/.venv/bin/{PROCFILE[name]}"
    assert " ".join(COMPOSE[name]["command"]) == PROCFILE[name]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_each_unit_is_shut_in(path):
    service = unit(path)["Service"]

    for name, value in {
        "User": "heard",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
        "EnvironmentFile": "/etc/heard/settings.env",
    }.items():
        assert service[name] == value, name


@pytest.mark.parametrize("name", ["web", "worker", "clock"])
def test_a_stop_goes_to_the_parent_first_and_leaves_time(name):
    service = unit(ROOT / f"deploy/systemd/heard-{name}.service")["Service"]
    settings = (ROOT / "gunicorn.conf.py").read_text()
    graceful = int(re.search(r"graceful_timeout = (\d+)", settings)[1])

    assert service["KillMode"] == "mixed"
    assert int(service["TimeoutStopSec"]) > graceful


def test_the_image_copies_no_secret_and_is_not_root():
    said = (ROOT / "deploy/Containerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".git", "var", "deploy/settings.env"} <= set(ignored)
    assert re.findall(r"(?m)^USER (.+)$", said) == ["10001"]
    assert "--require-hashes" in said
