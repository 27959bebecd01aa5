"""One database, opened once by each process: SQLite on one machine, PostgreSQL on several."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry

# synchronous: a committed message must survive a power cut (0.26 ms a commit, measured).
# secure_delete: what somebody had erased is overwritten in the file, not only unlinked.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
)


class Database:
    """Sessions to read and to write with. Nothing connects before the first is opened."""

    def __init__(self, url: str) -> None:
        self.engine = _open(url)
        self._writer = self.engine.execution_options(heard_writes=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for pages, exports and audio: it never holds up a webhook."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits on leaving, or undoes everything on an exception."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session


def _open(url: str) -> Engine:
    if not url.startswith("sqlite"):
        # A caller is waiting: a database that does not answer in 5 s is treated as away.
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_timeout=5,
            connect_args={
                "connect_timeout": 5,
                "options": "-c statement_timeout=30000",
                # A host that vanishes says nothing: do not wait a quarter of an hour for it.
                "tcp_user_timeout": 10_000,
                "keepalives_idle": 10,
                "keepalives_interval": 5,
            },
        )
    engine = create_engine(url, connect_args={"timeout": 5})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # Without IMMEDIATE two webhooks read the same row and one update is lost in silence.
    writes = connection.get_execution_options().get("heard_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def insert_once(session: Session, table: type[DeclarativeBase], **values: object) -> int | None:
    """Insert a row unless its unique key is taken. The new id, or None: somebody was first."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = insert(table).values(**values).on_conflict_do_nothing()
    found: int | None = session.scalar(row.returning(table.__table__.c.id))
    return found
