"""Commands about one person's words, against a database that is away or older than the code."""

import pytest

from commands.export import export
from commands.forget import forget
from commands.reseal import reseal
from commands.retain import retain
from commands.subject import subject
from tests.commands.conftest import run  # noqa: F401 (fixture)
from tests.driver import CALLER

COMMANDS = [(export,), (forget, CALLER), (reseal,), (retain,), (subject, CALLER)]
AWAY = "postgresql://nobody:hunter2@127.0.0.1:9/heard"  # pragma: allowlist secret


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0].name)
def test_a_database_that_is_not_migrated_is_one_line(run, tmp_path, monkeypatch, words):  # noqa: F811
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    done = run(*words)
    assert done.exit_code == 1
    assert "heard: the database cannot be used (OperationalError)" in done.output


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0].name)
def test_a_database_that_is_away_is_one_line_without_its_password(run, monkeypatch, words):  # noqa: F811
    monkeypatch.setenv("DATABASE_URL", AWAY)
    done = run(*words)
    assert done.exit_code == 1
    assert "is it running, and migrated?" in done.output
    assert "hunter2" not in done.output
