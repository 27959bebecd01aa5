"""Items that are to go, by name: asked for, decided by the lead, taken back, gone, proved."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.arrival_rows import Caller, Conversation
from store.erasure_rows import Erasure, Hold, Verdict, Way
from store.feedback import hanging
from store.inserts import insert_once
from store.models import Feedback

# Whoever asks has an answer within a month by law; the lead decides within a week.
TO_DECIDE = timedelta(days=7)
MOST = 200
LONGEST = 300  # characters of a trouble, as its column has it


def locked(session: Session, number: int) -> Feedback | None:
    """An item to erase, nobody else's until the commit: locked after its phone and conversations.

    In this order a text of theirs locks them. In another each would wait for the other, and the
    text, or the erasure, be broken off (PostgreSQL).
    """
    phone = select(Caller.id).join(Feedback).where(Feedback.id == number)
    talks = select(Conversation.id).where(Conversation.feedback_id == number)
    # What came may point at the phone meanwhile: only what changes on it is ours.
    session.execute(phone.with_for_update(of=Caller, key_share=True))
    session.execute(talks.order_by(Conversation.id).with_for_update())
    return session.get(Feedback, number, with_for_update=True)


def held(session: Session, item: Feedback) -> Hold | None:
    """The legal hold that stands on an item, if there is one."""
    wanted = select(Hold).where(Hold.feedback_id == item.id, Hold.lifted_at.is_(None))
    return session.scalars(wanted).one_or_none()


def of(session: Session, item: Feedback) -> Erasure | None:
    """What was asked about an item, decided, and done."""
    return session.scalars(select(Erasure).where(Erasure.feedback_id == item.id)).one_or_none()


def around(session: Session, item: Feedback) -> tuple[Erasure | None, Sequence[Hold]]:
    """The same, and every hold that the item ever had, oldest first: in one query, for its page."""
    asked, holds = hanging(session, item, Erasure, Hold)
    return next(iter(asked), None), holds


def ask(
    session: Session,
    item: Feedback,
    way: Way,
    at: datetime,
    *,
    by: str | None = None,
    reason: str = "",
    for_the_lead: bool = False,
) -> Erasure:
    """Somebody wants an item to go. Asked again it is asked anew, and a former verdict is over."""
    new: dict[str, object] = {
        "joined": item.caller.joined if item.caller else None,
        "gone": {},
        "reason": "",
    }
    insert_once(session, Erasure, feedback_id=item.id, asked_at=at, way=way, **new)
    asked = session.scalars(select(Erasure).where(Erasure.feedback_id == item.id)).one()
    asked.asked_at, asked.way, asked.by, asked.reason = at, way, by, reason
    asked.due_at = at + TO_DECIDE if for_the_lead else None
    asked.decided_at = asked.decided_by = asked.verdict = asked.trouble = None
    if way is not Way.RETENTION:
        item.erasure_asked_at = at
    return asked


def hide(item: Feedback, at: datetime, erase_at: datetime) -> None:
    """From now on nobody at the desk sees it; from `erase_at` on it is erased."""
    item.hidden_at, item.erase_at = at, erase_at


def decide(asked: Erasure, verdict: Verdict, by: str, reason: str, at: datetime) -> None:
    """The lead's word on what may not simply go, with the reason."""
    asked.decided_at, asked.decided_by, asked.verdict, asked.reason = at, by, verdict, reason
    asked.due_at = None


def take_back(session: Session, item: Feedback) -> None:
    """It stays after all: nobody wants it to go any more."""
    item.hidden_at = item.erase_at = item.erasure_asked_at = None
    session.execute(
        delete(Erasure).where(Erasure.feedback_id == item.id, Erasure.erased_at.is_(None))
    )


def to_decide(session: Session, at_most: int) -> Sequence[tuple[Erasure, Feedback]]:
    """What waits for the safeguarding lead's decision, the longest waiting first."""
    return _open(session, at_most, Feedback.erase_at.is_(None), Erasure.verdict.is_(None))


def waiting(session: Session, at_most: int) -> Sequence[tuple[Erasure, Feedback]]:
    """What is hidden, and erased on its day, unless somebody changes their mind."""
    return _open(session, at_most, Feedback.erase_at.is_not(None))


def unproved(session: Session, at_most: int) -> Sequence[Erasure]:
    """Erased, and not yet known to be gone everywhere."""
    wanted = select(Erasure).where(Erasure.proved_at.is_(None), Erasure.erased_at.is_not(None))
    return session.scalars(wanted.order_by(Erasure.asked_at).limit(at_most)).all()


def erased_of(session: Session, phone: Caller) -> Sequence[int]:
    """The items of a phone that somebody wanted to go and that are erased, oldest first: only the
    hash of its number is left of whose they were."""
    theirs = select(Erasure.feedback_id).where(
        Erasure.joined == phone.joined,
        Erasure.erased_at.is_not(None),
        Erasure.way != Way.RETENTION,
    )
    return session.scalars(theirs.order_by(Erasure.id)).all()


def lately(session: Session, at_most: int) -> Sequence[tuple[Erasure, str]]:
    """What was asked for and is erased, the latest first, each with its item's reference."""
    wanted = (
        select(Erasure, Feedback.reference)
        .join(Feedback, Feedback.id == Erasure.feedback_id)
        .where(Erasure.erased_at.is_not(None), Erasure.way != Way.RETENTION)
        .order_by(Erasure.id.desc())
        .limit(at_most)
    )
    return [(row, reference) for row, reference in session.execute(wanted)]


def gone(session: Session, asked: Erasure, counts: Mapping[str, int], at: datetime) -> None:
    """The item is erased here; how much of what that was."""
    asked.erased_at, asked.gone, asked.trouble, asked.due_at = at, dict(counts), None, None
    asked.reason = ""  # staff's words may quote the person's
    holds = update(Hold).where(Hold.feedback_id == asked.feedback_id)
    session.execute(holds.values(reason="", lifted_reason=""))


def hindered(session: Session, item: int, why: str) -> None:
    """It could not be erased this time, for a reason that staff see."""
    session.execute(
        update(Erasure).where(Erasure.feedback_id == item).values(trouble=why[:LONGEST])
    )


def _open(session: Session, at_most: int, *where: object) -> Sequence[tuple[Erasure, Feedback]]:
    wanted = (
        select(Erasure, Feedback)
        .join(Feedback, Feedback.id == Erasure.feedback_id)
        .where(Erasure.proved_at.is_(None), Erasure.erased_at.is_(None), *where)  # type: ignore[arg-type]
        .order_by(Erasure.asked_at)
        .limit(at_most)
    )
    return [(asked, item) for asked, item in session.execute(wanted)]
