"""What is due, and who has it: a row is held for a time, and is anybody's when that is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVarTuple

from sqlalchemy import BindParameter, ColumnElement, Row, Select, SQLColumnExpression, or_, update
from sqlalchemy.orm import Session

from store.copy_rows import TwilioCopy
from store.models import Recording
from store.upkeep import Outgoing

# A ring may be lost with Redis; the sweep rings again after this.
UNHEARD = timedelta(seconds=30)

Asked = TypeVarTuple("Asked")


def free(
    claimed_until: SQLColumnExpression[datetime | None], now: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    """Whether nobody has a row: nobody claimed it, or whoever did has not renewed that in time."""
    return or_(claimed_until.is_(None), claimed_until < now)


def take_due(
    session: Session,
    of: type[Recording] | type[Outgoing] | type[TwilioCopy],
    due: Select[*Asked],
    now: datetime,
    at_most: int,
) -> Sequence[Row[*Asked]]:
    """Of the rows that are due, each asked for with its id, those that wait longest.

    Each is put off by half a minute, so that two sweeps do not ring for the same one.
    """
    waiting = due.order_by(of.due_at).limit(at_most).with_for_update(skip_locked=True)
    rows = session.execute(waiting).all()
    ids = [row.id for row in rows]
    session.execute(update(of).where(of.id.in_(ids)).values(due_at=now + UNHEARD))
    return rows
