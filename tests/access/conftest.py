"""Access is tried at the desk of the other tests; time passes by moving what the rows say."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from commands.staff import staff
from store.access_rows import StaffSession, Try
from tests.desk.conftest import Desk, both, chromium, desk, seat, tab, web  # noqa: F401 (fixtures)


def rows(at: Desk, table):
    """Every row of a table, in order."""
    with at.line.house.database.reading() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def later(at: Desk, by: timedelta, *columns) -> None:
    """Let these moments lie further back: as if that much time had passed since."""
    with at.line.house.database.writing() as session:
        for column in columns:
            for row in session.scalars(select(column.class_)):
                setattr(row, column.key, getattr(row, column.key) - by)


def idle(at: Desk, by: timedelta) -> None:
    later(at, by, StaffSession.seen_at)


def doubtful(at: Desk, by: timedelta = timedelta(minutes=11)) -> None:
    """As if the password had been typed that long ago."""
    later(at, by, StaffSession.sure_at)


def tried(at: Desk, by: timedelta) -> None:
    later(at, by, Try.at)


@pytest.fixture
def run_staff(monkeypatch: pytest.MonkeyPatch, sqlite_line) -> Callable[..., str]:
    """`flask --app app staff ...` on the same line; what it says."""
    for name, value in sqlite_line.environ.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(staff, words).output
