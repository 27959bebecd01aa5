"""Rows that are inserted once: whoever finds the key taken was not the first."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

from store.database import plainly
from store.prepared import Prepared


def insert_once(session: Session, table: type[DeclarativeBase], **values: object) -> int | None:
    """Insert a row unless its unique key is taken. The new id, or None: somebody was first.

    It is written at once, before what else this session has changed.
    """
    rows = plainly(session)
    insert = _insert(table, rows.dialect.name, tuple(values))
    return cast(int | None, insert.value(rows, values))


def insert_each_once(
    session: Session, table: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert several rows of the same columns in one go, but for those whose key is taken."""
    if rows:
        insert = _once(table, session.get_bind().dialect.name)
        plainly(session).execute(insert, rows)


@cache
def _insert(table: type[DeclarativeBase], dialect: str, columns: Sequence[str]) -> Prepared:
    row = _once(table, dialect)
    return Prepared(row.returning(table.__table__.c.id), columns)


def _once(table: type[DeclarativeBase], dialect: str) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(cast(Table, table.__table__)).on_conflict_do_nothing()
