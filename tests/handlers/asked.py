"""What is asked of a database: by SQLAlchemy, and by the statements that go to the driver."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from store import prepared

Asked = tuple[str, Any]


@contextmanager
def asked_of(engine: Engine) -> Iterator[list[Asked]]:
    """Every statement with its values, the beginning of a transaction left out."""
    made: list[Asked] = []

    def note(_connection, _cursor, statement, values, _context, many):
        if not many:
            made.append((statement, values))

    def plain(rows, words, values=(), gives=False):
        if not words.startswith("BEGIN"):
            made.append((words, values))
        return given(rows, words, values, gives)

    given = prepared.given
    event.listen(engine, "before_cursor_execute", note)
    try:
        with patch.object(prepared, "given", plain):
            yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)
