"""An item that goes to somebody, or to another status, by whoever is at the desk."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.desk.guard import me
from store import desk, doing
from store.doing_rows import Did
from store.models import Feedback, Status
from triage import moves


def hand(session: Session, item: Feedback, to: str, at: datetime) -> None:
    """Give an item to somebody; what is given away is let go of too."""
    if to != me().name and item.held_by == me().name:
        item.held_by = item.held_until = None
    item.assigned_to = to or None
    doing.do(session, item, Did.ASSIGNED, me().name, at, to=to)


def moved(
    session: Session, item: Feedback, seen: str, after: str, reason: str, at: datetime
) -> Status:
    """Move an item, and say where it is now. Raises Stale or Refused, as `moves.check` says.

    Nobody is told of their own move as of somebody's: a form that is sent twice moves once, and one
    that stood beside it, and came back as a draft, goes on from there.
    """
    mine = seen != item.status and _mine(session, item, seen)
    if mine and after == item.status:
        return item.status
    status = moves.check(item, item.status if mine else seen, after, reason, me().role)
    desk.move(session, item, status, me().name, reason, at)
    return status


def _mine(session: Session, item: Feedback, seen: str) -> bool:
    last = desk.last_move(session, item.id)
    return last is not None and (last.by, last.before) == (me().name, seen)
