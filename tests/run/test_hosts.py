"""Many hosts, a network namespace each: a rolling restart, and a storm with cut cables."""

import os
from pathlib import Path

import pytest

from bench.hosts import OURS, Found, run
from bench.net import IP

pytestmark = pytest.mark.xdist_group("processes")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What a short storm over all the hosts came to. Without root it fails, and says why."""
    if os.geteuid() != 0 or not Path(IP).exists():
        pytest.fail("hosts of their own need root and iproute2's `ip`: run this test as root")
    folder: Path = tmp_path_factory.mktemp("hosts")
    return run(folder, texts=60, calls=16, rounds=1)


def test_a_rolling_restart_under_load_fails_no_webhook(found):
    assert found.failed == []
    assert (found.restarted, found.webhooks > 50) == (1, True)
    assert found.slowest < 15  # Twilio waits no longer


def test_after_cut_cables_and_killed_hosts_every_word_is_there_once(found):
    assert found.storm.wrong == []
    assert found.storm.texts >= 60
    assert found.storm.recordings > 0


def test_every_kind_of_host_was_cut_off_and_killed(found):
    kinds = {name.rstrip("123") for name in OURS}
    assert {f"{kind} killed" for kind in kinds} <= set(found.storm.killed)
    assert {f"{kind} cable cut" for kind in kinds} <= set(found.storm.killed)
