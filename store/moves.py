"""An item's status changes: it stands on the item, and a row of its own says who did it and why."""

from datetime import datetime

from sqlalchemy.orm import Session

from store.models import Feedback, Status
from store.staff import Move


def moved(session: Session, of: Feedback, after: Status, by: str, why: str, at: datetime) -> None:
    """Put an item to this status and log it. What else that changes is whoever moves it to say."""
    session.add(
        Move(
            feedback_id=of.id,
            by=by,
            at=at,
            before=of.status.value,
            after=after.value,
            reason=why,
        )
    )
    of.status = after
