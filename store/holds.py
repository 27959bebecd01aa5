"""Legal holds by name: put on an item with a reason, and lifted with one. Each stays written."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from store.erasure_rows import Hold
from store.models import Feedback

# In a query over items: that no hold stands on one.
FREE = ~exists().where(Hold.feedback_id == Feedback.id, Hold.lifted_at.is_(None))


def put(session: Session, item: Feedback, by: str, reason: str, at: datetime) -> None:
    """From now on neither time nor a wish removes it. What was hidden comes back for the lead, and
    a number that was about to go stays.
    """
    session.add(Hold(feedback_id=item.id, by=by, reason=reason, at=at))
    item.hidden_at = item.erase_at = None
    if item.caller:
        item.caller.forget_at = item.caller.trouble = None


def lift(hold: Hold, by: str, reason: str, at: datetime) -> None:
    """The hold is over; what its time has come for goes at the next round."""
    hold.lifted_at, hold.lifted_by, hold.lifted_reason = at, by, reason


def standing(session: Session, at_most: int) -> Sequence[tuple[Hold, Feedback]]:
    """The holds that stand, the oldest first."""
    wanted = (
        select(Hold, Feedback)
        .join(Feedback, Feedback.id == Hold.feedback_id)
        .where(Hold.lifted_at.is_(None))
        .order_by(Hold.id)
        .limit(at_most)
    )
    return [(hold, item) for hold, item in session.execute(wanted)]
