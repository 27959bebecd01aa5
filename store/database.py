"""One database, opened once by each process: SQLite on one machine, PostgreSQL on several."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self, cast

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from store import engine


class Database:
    """Sessions to read and to write with. Nothing connects before the first is opened."""

    def __init__(self, url: str) -> None:
        self.engine = engine.opened(url)
        one_by_one = self.engine.dialect.name == "sqlite"
        self._turns = threading.Lock() if one_by_one else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for pages, exports and audio: it never holds up a webhook."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits on leaving, or undoes everything on an exception.

        The transaction is the connection's own: a webhook whose statements are all plain ones
        pays for no session's keeping of books.
        """
        with self._turn(), self.engine.connect() as rows:
            rows.info[engine.WRITES] = True
            with rows.begin(), _Books(rows) as books:
                yield cast(Session, books)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Threads of one process write to SQLite in turn.

        SQLite itself lets one write at a time, and who finds it busy sleeps for up to 0.1 s while
        those who came later go first: some callers waited ten times as long as most. Who has
        waited for as long as SQLite would goes on, and hears from SQLite that it is busy.
        """
        if self._turns is None:
            yield
            return
        mine = self._turns.acquire(timeout=engine.BUSY)
        try:
            yield
        finally:
            if mine:
                self._turns.release()


class _Books:
    """A session that is made when something is first asked of it. Of most webhooks nothing is."""

    def __init__(self, rows: Connection) -> None:
        self.bind = rows
        self._session: Session | None = None

    def __getattr__(self, name: str) -> Any:
        if self._session is None:
            self._session = Session(self.bind, expire_on_commit=False)
        return getattr(self._session, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What was changed is written, unless all is undone."""
        if self._session is not None:
            with self._session as session:
                if kind is None:
                    session.flush()


def plainly(session: Session) -> Connection:
    """The connection of a session, for statements of which its books need to know nothing.

    What they write is written at once, before what else this session has changed.
    """
    rows = session.bind
    return rows if isinstance(rows, Connection) else session.connection()
