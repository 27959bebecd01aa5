"""`flask --app app catch-up`, as an operator runs it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from commands import Lazily
from commands.catch_up import catch_up
from store.staff import Turn
from tests.catch_up.conftest import says


@pytest.fixture
def run(small, twilio, monkeypatch):
    for name, value in {**small.line.environ, "TWILIO_API_URL": twilio.url}.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(catch_up, words)


def test_it_is_found_by_its_name():
    assert Lazily().get_command(None, "catch-up") is catch_up


def test_it_prints_the_counts_of_both_sides(run, small):
    small.text("The nurse was kind", days=1)

    result = run("--since", "3d")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split() == ["texts", "1", "0", "1", "0"]
    assert "imported so far" in result.stderr


@pytest.mark.parametrize("since", ["6h", "today"])
def test_hours_and_dates_are_understood(run, small, since):
    day = small.at.date().isoformat() if since == "today" else since

    assert run("--since", day).exit_code == 0


@pytest.mark.parametrize("since", ["soon", "0d", "6w", "2026-13-01", "-2d"])
def test_anything_else_is_named(run, since):
    result = run("--since", since)

    assert result.exit_code == 2
    assert since in result.stderr


def test_when_twilio_cannot_be_asked_it_says_so_and_fails(run, twilio):
    twilio.oddly.append(("Messages", says("401 UNAUTHORIZED")))

    result = run()

    assert result.exit_code == 1
    assert "Twilio answered 401" in result.output


def test_it_waits_for_another_that_was_killed_in_the_middle(run, small, monkeypatch):
    small.text("The nurse was kind", days=1)
    until = datetime.now(UTC) + timedelta(hours=1)
    with small.room.database.writing() as session:
        session.add(Turn(name="catch-up", holder="killed", until=until))

    def its_time_runs_out(_seconds):
        with small.room.database.writing() as session:
            session.scalars(select(Turn)).one().until = datetime.now(UTC)

    monkeypatch.setattr("commands.catch_up.time", SimpleNamespace(sleep=its_time_runs_out))
    result = run("--since", "3d")

    assert result.exit_code == 0
    assert "another catch-up is under way" in result.stderr
    assert result.stdout.splitlines()[1].split() == ["texts", "1", "0", "1", "0"]
