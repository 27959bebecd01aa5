"""“You said, we did”: what services changed after what people said in a period."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from store.doing_rows import Deed, Did
from store.figures import Wanted, conditions
from store.models import Feedback

CHANGED = "changed"


def told(session: Session, wanted: Wanted, most: int) -> Sequence[tuple[Feedback, Deed]]:
    """(item, what was done) of items that came in the period, the latest first.

    Of an item the last word counts; what was erased or is hidden is told to nobody.
    """
    later = aliased(Deed)
    last = (
        select(func.max(later.id))
        .where(later.feedback_id == Feedback.id, later.did == Did.OUTCOME)
        .scalar_subquery()
    )
    asked = (
        select(Feedback, Deed)
        .join(Deed, Deed.id == last)
        .where(*conditions(wanted), Feedback.outcome == CHANGED, Feedback.hidden_at.is_(None))
        .where(Deed.to == CHANGED, Deed.words != "")
        .order_by(Feedback.received_at.desc(), Feedback.id.desc())
        .limit(most)
    )
    return [(item, deed) for item, deed in session.execute(asked)]
