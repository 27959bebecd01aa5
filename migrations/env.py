"""Where migrations run: the database of DATABASE_URL, with every table of ours known."""

from alembic import context

import config
import store.models  # noqa: F401 (its tables)
import store.staff  # noqa: F401 (its tables)
from store.columns import Base
from store.database import Database

url = context.get_x_argument(as_dictionary=True).get("url") or config.database_url()

with Database(url).engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
