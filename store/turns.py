"""Whose turn it is for work that one process at a time may do. A turn runs out by itself."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from store.inserts import insert_once
from store.staff import Turn


def take(session: Session, name: str, holder: str, now: datetime, lease: timedelta) -> bool:
    """Whether this is the holder's turn, from now on for one lease: new, or once more."""
    insert_once(session, Turn, name=name, holder=holder, until=now)
    won = session.execute(
        update(Turn)
        .where(Turn.name == name, or_(Turn.holder == holder, Turn.until <= now))
        .values(holder=holder, until=now + lease)
        .returning(Turn.id)
    ).scalar()
    return won is not None


def leave(session: Session, name: str, holder: str, now: datetime) -> None:
    """Somebody else may have the turn at once."""
    session.execute(update(Turn).where(Turn.name == name, Turn.holder == holder).values(until=now))
