"""What the desk asks of the rows, by name, and the few things it writes."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from store import of_phone
from store.alert_rows import Alert
from store.models import Feedback, Heard, Recording, Status
from store.moves import moved
from store.recordings_due import ONCE_MORE
from store.staff import Move, Note

WAITS = timedelta(days=14)  # where nobody named a day: what waits for ever is forgotten


def shown(session: Session, reference: str) -> Feedback | None:
    """The bare row of an item; None also when its person asked for it to go."""
    return session.scalars(
        select(Feedback).where(Feedback.reference == reference, Feedback.hidden_at.is_(None))
    ).one_or_none()


def item(session: Session, reference: str) -> Feedback | None:
    """One item with all that hangs on it; None also when its person asked for it to go."""
    found = opened(session, reference)
    return found[0] if found else None


def opened(session: Session, reference: str) -> tuple[Feedback, int | None, bool] | None:
    """The same, and the last of its alerts that nobody has yet: both of one moment, so that whoever
    reads these words has read what that alert is about. And whether its phone is in doubt.
    """
    nobody_has = (Alert.feedback_id == Feedback.id, Alert.acknowledged_at.is_(None))
    alert = select(func.max(Alert.id)).where(*nobody_has).scalar_subquery()
    found = session.execute(
        select(Feedback, alert, of_phone.doubtful())
        .where(
            Feedback.reference == reference,
            Feedback.hidden_at.is_(None),
        )
        .options(
            joinedload(Feedback.caller),
            joinedload(Feedback.texts),  # an item has texts or recordings, hardly ever both
            joinedload(Feedback.recordings).joinedload(Recording.transcripts),
        )
    )
    row = found.unique().one_or_none()
    return (row[0], row[1], row[2]) if row else None


def locked(session: Session, reference: str) -> Feedback | None:
    """One item to change: of two colleagues who move it at once, the second sees the first."""
    return session.scalars(
        select(Feedback)
        .where(
            Feedback.reference == reference,
            Feedback.hidden_at.is_(None),
        )
        .with_for_update()
    ).one_or_none()


def move(session: Session, of: Feedback, after: Status, by: str, reason: str, at: datetime) -> None:
    """Change an item's status and log it. Whoever starts on an item has it from then on.

    What waits comes back after WAITS, if nobody sets another day.
    """
    moved(session, of, after, by, reason, at)
    of.closed_at = at if after is Status.FINISHED else None
    of.held_by = of.held_until = None
    of.waiting_until = at + WAITS if after is Status.WAITING else None
    if after in (Status.NEW, Status.IN_PROGRESS):
        of.assigned_to = by if after is Status.IN_PROGRESS else None


def last_move(session: Session, item: int) -> Move | None:
    """The latest change of an item's status."""
    of = select(Move).where(Move.feedback_id == item)
    return session.scalars(of.order_by(Move.id.desc()).limit(1)).one_or_none()


def noted(session: Session, item: int, by: str, body: str, since: datetime) -> bool:
    """Whether somebody wrote this very note since then."""
    same = (Note.feedback_id == item, Note.by == by, Note.at >= since, Note.body == body)
    return session.scalar(select(Note.id).where(*same).limit(1)) is not None


def recording(session: Session, reference: str, number: int) -> Recording | None:
    """One recording of this very item; None when it belongs to another, or the item is hidden."""
    return session.scalars(
        select(Recording)
        .join(Feedback, Feedback.id == Recording.feedback_id)
        .where(
            Recording.id == number,
            Feedback.reference == reference,
            Feedback.hidden_at.is_(None),
        )
    ).one_or_none()


def try_again(take: Recording, at: datetime) -> bool:
    """Have the workers take up a recording that failed. False when it is no longer failed."""
    if take.state is not Heard.FAILED:
        return False
    take.state = Heard.STORED if take.audio_key else Heard.EXPECTED
    take.attempts, take.due_at, take.claimed_until = 0, at, None
    take.reason = f"{ONCE_MORE}somebody asked for it."
    return True
