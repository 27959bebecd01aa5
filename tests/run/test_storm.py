"""A short storm: people text and ring while web, worker, clock and Redis are killed with -9."""

import socket

import pytest

from bench.storm import storm

pytestmark = pytest.mark.xdist_group("processes")


def free_port() -> int:
    """A port with a free one behind it, for the phone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1]) - 1


def test_after_a_storm_and_one_catch_up_every_word_is_there_once(database_url, tmp_path):
    report = storm(tmp_path, database_url, free_port(), texts=100, calls=30, seed=11)

    assert report.wrong == []
    assert report.killed.total() >= 3
    assert report.texts == 100
    assert report.recordings > 0
