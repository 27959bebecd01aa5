"""Drives what was erased out of the database's own files, once no row has it any more."""

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from store.database import Database
from store.engine import BUSY

# Every table that people's words or numbers are erased from; `searched`: the search index.
TABLES = (
    *("texts", "recordings", "transcripts", "corrections", "notes", "moves", "codings", "deeds"),
    *("tier_changes", "safeguarding_entries", "outgoing", "ledger", "callers", "feedback"),
    *("conversations", "erasures", "holds", "looks", "searched"),
)
# PostgreSQL writes a small table anew in well under a second; nobody waits longer than LOCK for it.
SMALL, LOCK = 64 * 2**20, "2s"
SIZE = text("SELECT pg_total_relation_size(to_regclass(:name))")


def scrub(database: Database) -> bool:
    """One try; False when somebody was reading or writing, so that it is to be tried again.

    SQLite overwrites erased rows itself (`secure_delete`): what is left is its write-ahead log.
    PostgreSQL leaves them in their pages: small tables are written anew, of large ones the room is
    freed to be overwritten. Its own journal goes as it turns over (docs/privacy.md).
    """
    sqlite = database.engine.dialect.name == "sqlite"
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as here:
        return _emptied_log(here) if sqlite else _written_anew(here)


def _emptied_log(here: Connection) -> bool:
    here.execute(text("PRAGMA busy_timeout=0"))
    busy = here.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
    here.execute(text(f"PRAGMA busy_timeout={BUSY * 1000}"))
    return busy == 0


def _written_anew(here: Connection) -> bool:
    here.execute(text(f"SET lock_timeout = '{LOCK}'"))
    here.execute(text("SET statement_timeout = 0"))
    try:
        for name in TABLES:
            full = "(FULL) " if (here.scalar(SIZE, {"name": name}) or 0) <= SMALL else ""
            here.execute(text(f"VACUUM {full}{name}"))
    except OperationalError:
        return False
    finally:
        here.execute(text("RESET lock_timeout"))
        here.execute(text("RESET statement_timeout"))
    return True
