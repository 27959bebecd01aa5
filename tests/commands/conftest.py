"""Commands run as an operator runs them: their settings in the environment, words on the screen."""

from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner, Result

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, sqlite_line) -> Run:
    """Run a command on the line `sqlite_line`."""
    for name, value in sqlite_line.environ.items():
        monkeypatch.setenv(name, value)

    def invoke(command: click.Command, *words: str, given: bytes | None = None) -> Result:
        return CliRunner().invoke(command, words, input=given)

    return invoke
