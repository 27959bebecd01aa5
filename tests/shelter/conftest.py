"""The line whose database can be taken away."""

from collections.abc import Iterator

import pytest

from tests.shelter.spooled import Sheltered


@pytest.fixture
def line(sqlite_url: str, environ: dict[str, str]) -> Iterator[Sheltered]:
    """The line on SQLite, with a spool of its own."""
    with Sheltered({**environ, "DATABASE_URL": sqlite_url}) as opened:
        yield opened
