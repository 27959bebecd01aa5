"""systemd's units and the containers run what the Procfile names, and let jobs finish."""

import configparser
import re
import shlex
import subprocess
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


@pytest.mark.parametrize(("name", "words"), [("backup", ""), ("erasures", " --erasures")])
def test_a_timer_backs_up_to_another_disk_than_the_line_s(name, words):
    timer = unit(ROOT / f"deploy/systemd/heard-{name}.timer")
    found = unit(ROOT / f"deploy/systemd/heard-{name}.service")
    folder = "/var/backups/heard"

    assert found["Service"]["ExecStart"].endswith(f"flask --app app backup {folder}{words}")
    assert found["Service"]["ReadWritePaths"] == f"-{folder}"
    assert timer["Timer"]["OnCalendar"]
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.parametrize("name", ["backup", "erasures"])
@pytest.mark.parametrize(
    ("folder", "within", "runs"),
    [
        pytest.param("/proc", "/", True, id="another disk"),
        pytest.param("/usr", "/", False, id="this disk"),
        pytest.param("/no/such", "/", False, id="no folder"),
    ],
)
def test_a_backup_fails_where_its_folder_is_on_this_disk(name, folder, within, runs):
    found = unit(ROOT / f"deploy/systemd/heard-{name}.service")["Service"]
    command = found["ExecStartPre"].replace("$$", "$").replace("%%", "%")
    here = command.replace("/var/backups/heard", folder).replace("/var/backups", within)

    assert (subprocess.run(shlex.split(here), check=False).returncode == 0) is runs


def test_every_timer_is_named_where_the_installation_is_described():
    said = (ROOT / "docs/deploying.md").read_text()

    assert all(path.name in said for path in (ROOT / "deploy/systemd").glob("*.timer"))


def test_the_image_can_back_up_the_database_beside_it_and_has_a_place_for_that():
    said = (ROOT / "deploy/Containerfile").read_text()
    major = re.search(r"postgres:(\d+)", COMPOSE["database"]["image"])[1]
    [place] = [v.rpartition(":")[2] for v in COMPOSE["backup"]["volumes"] if "backup" in v]

    assert f"postgresql-client-{major}" in said
    assert COMPOSE["backup"]["command"] == ["flask", "--app", "app", "backup", place]
    assert f"install -d -o heard -g heard -m 700 {place}" in said
    assert COMPOSE["backup"]["profiles"]  # not with each start of the others


def test_the_image_copies_no_secret_and_is_not_root():
    said = (ROOT / "deploy/Containerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".git", "var", "deploy/settings.env"} <= set(ignored)
    assert re.findall(r"(?m)^USER (.+)$", said) == ["10001"]
    assert "--require-hashes" in said


def test_the_settings_of_the_containers_are_never_committed():
    assert "deploy/settings.env" in (ROOT / ".gitignore").read_text().split()


def test_a_web_host_of_several_listens_at_its_own_address_alone():
    said = (ROOT / "deploy/systemd/several-hosts.conf").read_text()
    addresses = re.findall(r"(?m)^ListenStream=(.*)$", said)
    upstream = (ROOT / "deploy/nginx/heard-upstream.conf").read_text()

    assert addresses[0] == ""  # else the socket keeps what its unit says too
    assert f"server {addresses[1]} max_fails=0;" in upstream
