"""Where migrations run: the database of DATABASE_URL, with every table of ours known."""

import sys
import time

from alembic import context
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

import config
from store.database import Database
from store.engine import deadlocked
from store.tables import METADATA

# Of this database alone; any number that nobody else locks.
TURN = text("SELECT pg_try_advisory_lock(4327329)")
AGAIN = 1.0  # seconds


def run() -> None:
    """Every migration that is due, each in a transaction, while the version before serves."""
    url = context.get_x_argument(as_dictionary=True).get("url") or config.database_url()
    with Database(url).engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # Who waits for a table's lock holds up every webhook behind it: rather not this time.
            # An index over a large table takes longer than a webhook may.
            wait_for_our_turn(connection)
            connection.execute(text("SET lock_timeout = '4s'"))
            connection.execute(text("SET statement_timeout = 0"))
            connection.commit()
        context.configure(
            connection=connection,
            transaction_per_migration=True,
            target_metadata=METADATA,
            render_as_batch=connection.dialect.name == "sqlite",
            # The search tables are the database's own kind; only migrations know them.
            include_name=lambda name, *_: not (name or "").startswith("searched"),
        )
        with context.begin_transaction():
            context.run_migrations()


def wait_for_our_turn(connection: Connection) -> None:
    """Two upgrades at once would make the same table: the second finds nothing left to do.

    It asks again and again. Whoever waited inside a statement would be waited for in turn, by
    the first's `CREATE INDEX CONCURRENTLY`. The lock goes with the connection.
    """
    told = False
    while not connection.scalar(TURN):
        connection.commit()
        if not told:
            print("heard: another upgrade is at work: waiting for it", file=sys.stderr, flush=True)
        told = True
        time.sleep(AGAIN)
    connection.commit()


try:
    run()
except config.WrongSetting as why:
    sys.exit(f"heard: {why}")
except OperationalError as why:
    if isinstance(why.orig, LockNotAvailable) or deadlocked(why):
        sys.exit("heard: a table is in use for too long just now: run it again, it goes on")
    sys.exit(f"heard: DATABASE_URL: the database cannot be opened ({why.orig})")
