"""Where migrations run: the database of DATABASE_URL, with every table of ours known."""

import sys

from alembic import context
from sqlalchemy.exc import OperationalError

import config
import store.models
import store.staff
import store.upkeep  # noqa: F401 (its tables)
from store.columns import Base
from store.database import Database


def run() -> None:
    """Every migration that is due, in one transaction."""
    url = context.get_x_argument(as_dictionary=True).get("url") or config.database_url()
    with Database(url).engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            context.run_migrations()


try:
    run()
except config.WrongSetting as why:
    sys.exit(f"heard: {why}")
except OperationalError as why:
    sys.exit(f"heard: DATABASE_URL: the database cannot be opened ({why.orig})")
