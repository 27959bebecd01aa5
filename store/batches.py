"""A column of a large table, a batch at a time: no session stays open between two of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from store.database import Database

BATCH = 200


def batches(database: Database, model: Any, column: str) -> Iterator[Sequence[tuple[int, object]]]:
    """The id and the value of each row that has one, in the order of their ids."""
    last, wanted = 0, getattr(model, column)
    while True:
        with database.reading() as session:
            found = session.execute(
                select(model.id, wanted)
                .where(model.id > last, wanted.is_not(None))
                .order_by(model.id)
                .limit(BATCH)
            ).all()
        if not found:
            return
        last = found[-1][0]
        yield [(number, value) for number, value in found]
