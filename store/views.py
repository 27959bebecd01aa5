"""Saved views: a queue with its filters, under a name that one colleague gave it."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.board_rows import View
from store.inserts import insert_once

MOST = 20  # of one person: a longer list is slower to read than the filters are to set
LONGEST = 60


def of(session: Session, by: str) -> Sequence[View]:
    """Somebody's views, by name."""
    return session.scalars(select(View).where(View.by == by).order_by(View.name).limit(MOST)).all()


def keep(session: Session, by: str, name: str, query: str) -> bool:
    """Save a view; one of the same name is replaced. False when there are too many already."""
    mine = select(View.name).where(View.by == by)
    names = session.scalars(mine.limit(MOST)).all()
    if name not in names and len(names) >= MOST:
        return False
    if insert_once(session, View, by=by, name=name, query=query) is None:
        session.execute(update(View).where(View.by == by, View.name == name).values(query=query))
    return True


def drop(session: Session, by: str, number: int) -> None:
    """Remove a view of this person's own; another's stays."""
    session.execute(delete(View).where(View.id == number, View.by == by))
