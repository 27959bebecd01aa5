"""Columns of a large table, a batch at a time, in the order of the rows' ids."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.database import Database

BATCH = 200


def batch(session: Session, model: Any, after: int, *columns: Any) -> Sequence[Any]:
    """The id and these columns of the next rows behind an id that have the first of the columns."""
    return session.execute(
        select(model.id, *columns)
        .where(model.id > after, columns[0].is_not(None))
        .order_by(model.id)
        .limit(BATCH)
    ).all()


def batches(database: Database, model: Any, column: str) -> Iterator[Sequence[tuple[int, object]]]:
    """The id and the value of each row that has one: no session stays open between two batches."""
    last = 0
    while True:
        with database.reading() as session:
            found = batch(session, model, last, getattr(model, column))
        if not found:
            return
        last = found[-1][0]
        yield [(number, value) for number, value in found]
