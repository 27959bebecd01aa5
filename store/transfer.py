"""Every row of one database into another of either kind: one moment, one transaction, compared."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    MetaData,
    Row,
    Select,
    Table,
    bindparam,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from store.backup_database import CannotCopy, counts, moment, revision
from store.database import Database
from store.engine import unhurried
from store.tables import METADATA

BATCH = 1000
TELL = 100_000  # rows
# Not copied: each database finds words in its own way, and makes the copied ones searchable anew.
SEARCHED, SEARCH_DUE, VERSION = "searched", "search_due", "alembic_version"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Copied:
    """One table: how many rows, and what they come to whatever their order."""

    table: str
    rows: int
    checksum: str


def transfer(source: Database, target: Database, tell: Tell) -> Sequence[Copied]:
    """Copy everything, then read it back and compare. Raises CannotCopy: then nothing was copied.

    What is copied is one moment of the source. Where it holds other rows at the end than then,
    somebody still writes to it, and what they wrote would be missing: that is no copy either.
    """
    with moment(source) as session, target.writing() as there:
        before, after = session.connection(), there.connection()
        unhurried(after)
        _refuse(before, after)
        done = [_copied(table, before, after, tell) for table in _tables()]
        for table, sums in zip(_tables(), done, strict=True):
            tell(f"{table.name}: comparing {sums.rows:,} rows")
            if _sums(table, _rows(table, after)) != sums:
                raise CannotCopy(f"{table.name} did not arrive as it was")
        _make_searchable(after)
        with source.reading() as now:
            _refuse_what_moved(counts(before), counts(now.connection()))
    return done


def _tables() -> Sequence[Table]:
    """Our tables, parents first, with JSON that is nothing kept as nothing."""
    plain = MetaData()
    found = [t.to_metadata(plain) for t in METADATA.sorted_tables if t.name != SEARCH_DUE]
    for table in found:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return found


def _refuse(before: Connection, after: Connection) -> None:
    here, there = revision(before), revision(after)
    if here is None:
        raise CannotCopy("the first database has no tables")
    if here != there:
        raise CannotCopy(f"the first stands at migration {here}, the second at {there}: migrate")
    ours = {*METADATA.tables, VERSION}
    names = {n for n in inspect(before).get_table_names() if not n.startswith(SEARCHED)}
    if names != ours:
        raise CannotCopy(f"this version does not know every table: {sorted(names ^ ours)}")
    rows = sum(counts(after).values())
    if rows:
        raise CannotCopy(f"the second has {rows:,} rows: name an empty one")


def _refuse_what_moved(then: Mapping[str, int], now: Mapping[str, int]) -> None:
    changes = [now.get(name, 0) - many for name, many in then.items()]
    more, fewer = sum(n for n in changes if n > 0), -sum(n for n in changes if n < 0)
    if more or fewer:
        raise CannotCopy(
            f"the first took in {more:,} rows meanwhile and lost {fewer:,}: "
            "stop web, worker and clock, then run it again"
        )


def _copied(table: Table, before: Connection, after: Connection, tell: Tell) -> Copied:
    """Rows that point at others of their own table point there once all of them have come."""
    pointers = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    with _named_trouble(table.name):
        done = _sums(table, _poured(table, pointers, before, after, tell))
        for name in pointers:
            _point(table, name, before, after)
    if after.dialect.name == "postgresql" and table.autoincrement_column is not None:
        _set_sequence(table, table.autoincrement_column, after)
    return done


def _poured(
    table: Table, pointers: Sequence[str], before: Connection, after: Connection, tell: Tell
) -> Iterator[Sequence[Any]]:
    later = dict.fromkeys(pointers)
    for number, some in enumerate(_read(before, select(table)), 1):
        with _named_trouble(f"{table.name}, {_ends(table, some)}"):
            after.execute(insert(table), [{**row._mapping, **later} for row in some])
        if number * BATCH % TELL == 0:
            tell(f"{table.name}: {number * BATCH:,} rows")
        yield from some


@contextmanager
def _named_trouble(where: str) -> Iterator[None]:
    """Where it was and what kind: the database's own message may say what people said."""
    try:
        yield
    except DBAPIError as why:
        raise CannotCopy(f"{where}: {type(why.orig).__name__}") from why


def _ends(table: Table, some: Sequence[Row[Any]]) -> str:
    """The lowest and the highest key among some rows, which come in no order."""
    key = next(iter(table.primary_key.columns)).name
    found = [row._mapping[key] for row in some]
    return f"{key} {min(found)} to {max(found)}"


def _rows(table: Table, connection: Connection) -> Iterator[Sequence[Any]]:
    for some in _read(connection, select(table)):
        yield from some


def _read(connection: Connection, asked: Select[Any]) -> Iterator[Sequence[Row[Any]]]:
    """A batch in memory at a time, on either database."""
    options = {"stream_results": True, "yield_per": BATCH}
    with connection.execute(asked, execution_options=options) as found:
        yield from found.partitions()


def _point(table: Table, name: str, before: Connection, after: Connection) -> None:
    key, pointer = table.c.id, table.c[name]
    change = update(table).where(key == bindparam("row")).values({name: bindparam("to")})
    found = select(key.label("row"), pointer.label("to")).where(pointer.is_not(None))
    for some in _read(before, found):
        after.execute(change, [dict(row._mapping) for row in some])


def _set_sequence(table: Table, column: Column[Any], after: Connection) -> None:
    last = after.scalar(select(func.max(column)))
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        after.execute(select(func.setval(sequence, last)))


def _sums(table: Table, rows: Iterator[Sequence[Any]]) -> Copied:
    """Counts, and adds up a digest of each row: no order, and no memory, is needed for that."""
    many = total = 0
    for row in rows:
        many += 1
        written = json.dumps(list(row), default=_written, sort_keys=True)
        total += int.from_bytes(hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest())
    return Copied(table.name, many, f"{total % 2**256:064x}")


def _written(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"a column of an unknown kind: {type(value)}")


def _make_searchable(after: Connection) -> None:
    after.execute(
        text("INSERT INTO search_due (feedback_id) SELECT id FROM feedback WHERE erased_at IS NULL")
    )
