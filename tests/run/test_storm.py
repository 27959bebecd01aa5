"""A short storm: people text and ring while everything is killed with -9, the database too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.house import House
from bench.storm import storm
from bench.tally import Report
from tests.conftest import migrate
from tests.ports import free_port
from tests.postgres import Cluster

pytestmark = pytest.mark.xdist_group("processes")


def every_word_once(folder: Path, url: str, crash: Callable[[], None] | None) -> Report:
    house = House(folder, url, free_port(behind=1), hurried=True)
    report = storm(house, 100, 30, seed=11, crash_database=crash)

    assert report.wrong == []
    assert report.killed.total() >= 3
    assert report.texts == 100
    assert report.recordings > 0
    return report


def test_after_a_storm_and_one_catch_up_every_word_is_there_once(sqlite_url, tmp_path):
    every_word_once(tmp_path, sqlite_url, None)


def test_a_database_server_that_is_killed_too_loses_nothing_either(tmp_path):
    with Cluster(tmp_path, safe=True) as cluster:
        migrate(cluster.url(cluster.template))
        with cluster.fresh() as url:
            report = every_word_once(tmp_path, url, cluster.crash)

    assert report.killed["database"] >= 1
