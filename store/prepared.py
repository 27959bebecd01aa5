"""Statements that webhooks wait for: written once by SQLAlchemy, run by the driver.

To run a statement costs SQLAlchemy several times what it costs the driver. The words, the types and
the errors stay SQLAlchemy's here; what it does anew for each run is left out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Column, ColumnElement, Connection, Dialect, Select, Update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | Update | ReturningInsert[Any]
Change = Callable[[Any], Any]
Changes = Sequence[tuple[str, Change]]
DOUBLE = 701  # how PostgreSQL calls what a Float column gives; no other column of ours asks
KEPT = "heard.cursor"


class Prepared:
    """A statement, ready to run on either database. `columns`: those that an insert writes."""

    def __init__(self, statement: Statement, columns: Collection[str] | None = None) -> None:
        self._statement, self._columns = statement, columns
        self._ready: dict[str, _Ready] = {}

    def run(self, rows: Connection, values: Mapping[str, object]) -> list[dict[str, Any]]:
        """Run it in the connection's transaction. The rows that it gives, by their columns.

        It sees, and waits for, what this connection has written; raises what SQLAlchemy would.
        """
        name = rows.dialect.name
        if name not in self._ready:
            self._ready[name] = _Ready.of(self._statement, self._columns, rows.dialect)
        ready = self._ready[name]
        found = given(rows, ready.words, ready.bound(values), gives=bool(ready.names))
        return [ready.read(row) for row in found]

    def row(self, rows: Connection, values: Mapping[str, object]) -> dict[str, Any] | None:
        """The same: its first row, or None."""
        return next(iter(self.run(rows, values)), None)

    def value(self, rows: Connection, values: Mapping[str, object]) -> Any:
        """The same: the first value of its first row, or None."""
        return next(iter((self.row(rows, values) or {}).values()), None)


def given(
    rows: Connection, words: str, values: Any = (), gives: bool = False
) -> Sequence[Sequence[Any]]:
    """Give a statement to the driver; `gives`: it has rows to read.

    Its errors become SQLAlchemy's, without people's words.
    """
    errors = rows.dialect.loaded_dbapi.Error
    cursor = _cursor(rows.connection)
    try:
        cursor.execute(words, values)
        return cursor.fetchall() if gives else ()
    except errors as why:
        gone = rows.dialect.is_disconnect(why, rows.connection, cursor)
        if gone:
            rows.invalidate(why)
        raise DBAPIError.instance(
            words,
            None,
            why,
            errors,
            hide_parameters=True,
            connection_invalidated=gone,
            dialect=rows.dialect,
        ) from why


def _cursor(connection: PoolProxiedConnection) -> DBAPICursor:
    """One for each connection: what psycopg learns of types and statements, it keeps there."""
    kept: DBAPICursor | None = connection.info.get(KEPT)
    if kept is None:
        kept = connection.info[KEPT] = connection.cursor()
    return kept


@dataclass(frozen=True)
class _Ready:
    """A statement as one database wants it."""

    words: str
    places: Sequence[str] | None  # the values in their order, where it wants them so
    known: Mapping[str, object]  # values that stand in the statement itself
    defaults: Changes
    into: Changes
    names: Sequence[str]
    out: Changes

    @classmethod
    def of(cls, statement: Statement, columns: Collection[str] | None, dialect: Dialect) -> Self:
        made = statement.compile(dialect=dialect, column_keys=columns and list(columns))
        assert isinstance(made, SQLCompiler)
        gives: Sequence[ColumnElement[Any]] = list(statement.exported_columns)
        takes = {name: _kind(bind, dialect) for bind, name in made.bind_names.items()}
        reads = {str(column.key): _kind(column, dialect) for column in gives}
        return cls(
            made.string,
            made.positiontup,
            {name: b.value for b, name in made.bind_names.items() if not b.required},
            [(column.key, _default(column)) for column in made.insert_prefetch],
            _those((name, kind.bind_processor(dialect)) for name, kind in takes.items()),
            list(reads),
            _those((name, kind.result_processor(dialect, DOUBLE)) for name, kind in reads.items()),
        )

    def bound(self, values: Mapping[str, object]) -> Any:
        """Values as the driver wants them."""
        bound = {**self.known, **values}
        for name, default in self.defaults:
            bound[name] = default(None)
        for name, change in self.into:
            bound[name] = change(bound[name])
        return bound if self.places is None else [bound[name] for name in self.places]

    def read(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row of the driver's as values of ours."""
        read = dict(zip(self.names, row, strict=True))
        for name, change in self.out:
            read[name] = change(read[name])
        return read


def _kind(one: ColumnElement[Any], dialect: Dialect) -> TypeEngine[Any]:
    return one.type.dialect_impl(dialect)


def _those(changes: Iterable[tuple[str, Change | None]]) -> Changes:
    """Which values the driver wants, or gives, in another form; and how each is changed."""
    return [(name, change) for name, change in changes if change]


def _default(column: Column[Any]) -> Change:
    """What SQLAlchemy would put in a column of an insert that says nothing of it."""
    default: Any = column.default
    return default.arg if default.is_callable else lambda _: default.arg
