"""What the desk asks of the rows, by name, and the few things it writes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from store.feedback import rank
from store.models import Feedback, Heard, Recording, Status, Transcript
from store.staff import Move, Note, Staff

COUNTED = 1000  # a longer queue is "1,000+": nobody needs the rest, and counting it takes time
URGENT = "urgent"


def counts(session: Session) -> Mapping[str, int]:
    """How many items each status has, and `urgent`: new ones of R1 and R2. At most COUNTED + 1."""
    shown = Feedback.hidden_at.is_(None)
    asked = {status.value: and_(Feedback.status == status, shown) for status in Status}
    asked[URGENT] = and_(Feedback.status == Status.NEW, shown, Feedback.rank < rank("R3", True))
    bounded = {
        name: select(Feedback.id).where(fits).limit(COUNTED + 1).subquery()
        for name, fits in asked.items()
    }
    found = session.execute(
        union_all(
            *(
                select(literal(name), func.count()).select_from(rows)
                for name, rows in bounded.items()
            )
        )
    )
    return dict(found.all())


def page(session: Session, queue: Select[Feedback], size: int) -> Sequence[Feedback]:
    """The first `size` items of a queue with their words, in four queries however many."""
    return session.scalars(
        queue.limit(size).options(
            selectinload(Feedback.texts),
            selectinload(Feedback.recordings)
            .selectinload(Recording.transcripts)
            .options(defer(Transcript.words)),
        )
    ).all()


def item(session: Session, reference: str) -> Feedback | None:
    """One item with all that hangs on it; None also when its person asked for it to go."""
    return session.scalars(
        select(Feedback)
        .where(
            Feedback.reference == reference,
            Feedback.hidden_at.is_(None),
        )
        .options(
            joinedload(Feedback.caller),
            selectinload(Feedback.texts),
            selectinload(Feedback.recordings).selectinload(Recording.transcripts),
        )
    ).one_or_none()


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


def related(session: Session, of: Feedback) -> Sequence[Feedback]:
    """The item it is linked to and others of the same phone, newest first, twenty at most."""
    same_phone = and_(Feedback.caller_id.is_not(None), Feedback.caller_id == of.caller_id)
    return session.scalars(
        select(Feedback)
        .where(
            or_(same_phone, Feedback.id == of.linked_to),
            Feedback.id != of.id,
            Feedback.hidden_at.is_(None),
        )
        .order_by(Feedback.id.desc())
        .limit(20)
    ).all()


def notes(session: Session, of: Feedback) -> Sequence[Note]:
    """What colleagues wrote, oldest first."""
    return session.scalars(select(Note).where(Note.feedback_id == of.id).order_by(Note.id)).all()


def moves(session: Session, of: Feedback) -> Sequence[Move]:
    """Each change of status, oldest first."""
    return session.scalars(select(Move).where(Move.feedback_id == of.id).order_by(Move.id)).all()


def move(session: Session, of: Feedback, after: Status, by: str, reason: str, at: datetime) -> None:
    """Change an item's status and log it. Whoever starts on an item has it from then on."""
    session.add(
        Move(
            feedback_id=of.id,
            by=by,
            at=at,
            before=of.status.value,
            after=after.value,
            reason=reason,
        )
    )
    of.status = after
    of.closed_at = at if after is Status.FINISHED else None
    if after in (Status.NEW, Status.IN_PROGRESS):
        of.assigned_to = by if after is Status.IN_PROGRESS else None


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
    take.attempts, take.reason, take.due_at, take.claimed_until = 0, None, at, None
    return True


def colleague(
    session: Session, *, number: int | None = None, name: str | None = None
) -> Staff | None:
    """Somebody who works here now, by number or by name; a leaver is nobody."""
    who = Staff.id == number if name is None else Staff.name == name
    return session.scalars(select(Staff).where(who, Staff.left_at.is_(None))).one_or_none()
