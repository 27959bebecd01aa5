"""Where migrations run: the database of DATABASE_URL, with every table of ours known."""

import sys

from alembic import context
from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

import config
from store.database import Database
from store.tables import METADATA


def run() -> None:
    """Every migration that is due, each in a transaction, while the version before serves."""
    url = context.get_x_argument(as_dictionary=True).get("url") or config.database_url()
    with Database(url).engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # Who waits for a table's lock holds up every webhook behind it: rather not this time.
            # An index over a large table takes longer than a webhook may.
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


try:
    run()
except config.WrongSetting as why:
    sys.exit(f"heard: {why}")
except OperationalError as why:
    if isinstance(why.orig, LockNotAvailable):
        sys.exit("heard: a table is in use for too long just now: run it again, it goes on")
    sys.exit(f"heard: DATABASE_URL: the database cannot be opened ({why.orig})")
