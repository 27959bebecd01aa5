"""One database, opened once by each process: SQLite on one machine, PostgreSQL on several."""

import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Self, TypeVar, cast

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from store.prepared import Prepared, given

R = TypeVar("R", bound=DeclarativeBase)

BUSY = 5  # seconds: a caller is waiting
# Seconds for which a transaction may hold its rows and ask nothing: whoever texts waits for them.
# A process that was stopped holds them for ever otherwise; to delete in a bucket takes 15.
HOLDS = 60
# synchronous: a committed message must survive a power cut (0.26 ms a commit, measured).
# secure_delete: what somebody had erased is overwritten in the file, not only unlinked.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
IDLE = 1.0  # seconds
WRITES = "heard.writes"  # said of a connection whose next transaction does


class Database:
    """Sessions to read and to write with. Nothing connects before the first is opened."""

    def __init__(self, url: str) -> None:
        self.engine = _open(url)
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
            rows.info[WRITES] = True
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
        mine = self._turns.acquire(timeout=BUSY)
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


def _open(url: str) -> Engine:
    if not url.startswith("sqlite"):
        # A caller is waiting: a database that does not answer in 5 s is treated as away.
        engine = create_engine(
            url,
            hide_parameters=True,  # an error must not carry people's words into logs or the queue
            pool_timeout=5,
            connect_args={
                "connect_timeout": 5,
                "options": " ".join(f"-c {name}={value}" for name, value in _asked().items()),
                # A host that vanishes says nothing: do not wait a quarter of an hour for it.
                "tcp_user_timeout": 10_000,
                "keepalives_idle": 10,
                "keepalives_interval": 5,
            },
        )
        _ask_the_idle(engine)
        return engine
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _asked() -> Mapping[str, object]:
    """What PostgreSQL is asked to do for a connection."""
    return {
        "statement_timeout": 30_000,
        # Figures of a busy quarter are grouped in memory: by 4 MB they go through the disk.
        "work_mem": "32MB",
        "idle_in_transaction_session_timeout": HOLDS * 1000,
        # Nor does it learn that a host vanished: it would keep that one's locks for two hours.
        "tcp_keepalives_idle": 10,
        "tcp_keepalives_interval": 5,
        "tcp_keepalives_count": 3,
    }


def unhurried(rows: Connection) -> None:
    """What this transaction looks at takes as long as it takes: nobody waits for it."""
    if rows.dialect.name == "postgresql":
        for patience in ("statement_timeout", "idle_in_transaction_session_timeout"):
            rows.execute(text(f"SET LOCAL {patience} = 0"))


def deadlocked(why: OperationalError) -> bool:
    """Whether two waited for each other, of whom PostgreSQL broke off this one: nothing is lost."""
    return getattr(why.orig, "sqlstate", None) == "40P01"


def _on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _ask_the_idle(engine: Engine) -> None:
    """Ask a connection that lay idle whether it still stands; if not, another is opened.

    Not before each use (`pool_pre_ping`): that was a fifth of the time of a webhook. One that was
    lost within this second costs a webhook the way through the spool, and no more.
    """

    @event.listens_for(engine, "checkin")
    def put_back(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(
        connection: DBAPIConnection, record: ConnectionPoolEntry, _: PoolProxiedConnection
    ) -> None:
        if time.monotonic() - record.info.get("idle_since", math.inf) < IDLE:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as why:
            raise DisconnectionError from why


def _on_begin(connection: Connection) -> None:
    # Without IMMEDIATE two webhooks read the same row and one update is lost in silence.
    writes = connection.info.pop(WRITES, False)
    given(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def plainly(session: Session) -> Connection:
    """The connection of a session, for statements of which its books need to know nothing.

    What they write is written at once, before what else this session has changed.
    """
    rows = session.bind
    return rows if isinstance(rows, Connection) else session.connection()


def as_read(kind: type[R], row: Mapping[str, Any]) -> R:
    """A plain row as an object that no session follows: a third of what its constructor costs.

    It knows what was changed on it; what needs not know that is `single.plain`.
    """
    one = kind()
    vars(one).update(row)
    return one


def insert_once(session: Session, table: type[DeclarativeBase], **values: object) -> int | None:
    """Insert a row unless its unique key is taken. The new id, or None: somebody was first.

    It is written at once, before what else this session has changed.
    """
    rows = plainly(session)
    insert = _insert(table, rows.dialect.name, tuple(values))
    return cast(int | None, insert.value(rows, values))


def insert_each_once(
    session: Session, table: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert several rows of the same columns in one go, but for those whose key is taken."""
    if rows:
        insert = _once(table, session.get_bind().dialect.name)
        plainly(session).execute(insert, rows)


@cache
def _insert(table: type[DeclarativeBase], dialect: str, columns: Sequence[str]) -> Prepared:
    row = _once(table, dialect)
    return Prepared(row.returning(table.__table__.c.id), columns)


def _once(table: type[DeclarativeBase], dialect: str) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(cast(Table, table.__table__)).on_conflict_do_nothing()
