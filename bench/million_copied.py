"""The same items as `bench.million` makes, copied into an empty, migrated PostgreSQL database."""

import random

import psycopg

from bench.million import BATCH, COLUMNS, Rows, rows_of

PLAIN = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    AND tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
NUMBERED = "SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), %(size)s)"  # and on from there


def fill(url: str, size: int) -> None:
    """Write `size` items, their words and the search index; as a superuser of the database.

    Indexes are made after the rows: so each is sorted once, not a million times.
    """
    chance = random.Random(size)  # noqa: S311 (nobody's secret)
    with psycopg.connect(url) as database:
        database.execute("SET timezone = 'UTC'")
        database.execute("SET session_replication_role = 'replica'")  # the references are right
        database.execute("SET maintenance_work_mem = '512MB'")
        indexes = database.execute(PLAIN, [list(COLUMNS)]).fetchall()
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        for first in range(1, size + 1, BATCH):
            _copy(database, rows_of(chance, range(first, min(first + BATCH, size + 1)), size))
        for _, definition in indexes:
            database.execute(definition)
        for table in COLUMNS:
            if table != "searched":
                database.execute(NUMBERED, {"table": table, "size": size})
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("VACUUM ANALYZE")


def _copy(database: psycopg.Connection, rows: Rows) -> None:
    for table, names in COLUMNS.items():
        columns = ", ".join(names.split()).replace("rowid", "id")
        with database.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as out:
            for row in rows[table]:
                out.write_row(row)
