"""How either database is opened: what a connection is asked for, how long it may take and hold."""

import math
import time
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from store.prepared import given

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


def opened(url: str) -> Engine:
    """The engine of this database. Nothing connects yet."""
    return _sqlite(url) if url.startswith("sqlite") else _postgresql(url)


def unhurried(rows: Connection) -> None:
    """What this transaction looks at takes as long as it takes: nobody waits for it."""
    if rows.dialect.name == "postgresql":
        for patience in ("statement_timeout", "idle_in_transaction_session_timeout"):
            rows.execute(text(f"SET LOCAL {patience} = 0"))


def deadlocked(why: OperationalError) -> bool:
    """Whether two waited for each other, of whom PostgreSQL broke off this one: nothing is lost."""
    return getattr(why.orig, "sqlstate", None) == "40P01"


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY})
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
    writes = connection.info.pop(WRITES, False)
    given(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: str) -> Engine:
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
