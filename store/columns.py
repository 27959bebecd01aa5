"""The base of every table, how moments and choices are stored, and indexes of some rows only."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Index,
    MetaData,
    Tuple,
    literal,
    text,
    tuple_,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm.attributes import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Every table. Keys and checks get names, so that a migration can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}


def choice(kind: type[StrEnum]) -> Enum:
    """A column of one of `kind`'s values, stored as the value itself, not the Python name."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        create_constraint=False,
        values_callable=lambda members: [m.value for m in members],
    )


def partial(
    name: str,
    *columns: str | ColumnElement[Any] | InstrumentedAttribute[Any],
    where: str,
    sqlite: str | None = None,
    unique: bool = False,
) -> Index:
    """An index of the rows that are so, and of no others. `sqlite`: its own words for that."""
    return Index(
        name,
        *columns,
        unique=unique,
        sqlite_where=text(sqlite or where),
        postgresql_where=text(where),
    )


def typed(values: Sequence[object]) -> Tuple:
    """A row value of literals: each keeps its column's type, so that moments compare on SQLite."""
    return tuple_(
        *(literal(v, Moment()) if isinstance(v, datetime) else literal(v) for v in values)
    )
