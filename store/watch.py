"""What there is and how long it has waited, in numbers: for /metrics, alarms and `doctor`.

Every count stops at MOST or looks at the newest WINDOW rows alone: a look each minute, on a line
with a million rows, must cost as little as on an empty one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.alert_messages import KEY
from store.alert_rows import Alert, AlertMessage
from store.arrival_rows import Ledger
from store.copy_rows import TwilioCopy
from store.models import Feedback, Recording, Status
from store.outgoing import LOST
from store.upkeep import Incident, Outgoing, Sending
from tiers import URGENT

MOST = 1000
WINDOW = 10_000
DUE = (Recording, TwilioCopy, Outgoing, AlertMessage, Alert)


def by_state(session: Session, column: InstrumentedAttribute[Any]) -> Mapping[str, int]:
    """How many of a table's newest rows are in each state."""
    table: Any = column.class_
    newest = session.scalar(select(func.max(table.id))) or 0
    rows = session.execute(
        select(column, func.count()).where(table.id > newest - WINDOW).group_by(column)
    )
    return {state.value: count for state, count in rows}


def by_tier(session: Session) -> Mapping[tuple[str, str], int]:
    """How many items are in each status and tier, up to MOST of each status, most urgent first."""
    asked = [
        select(literal(status.value).label("status"), Feedback.tier)
        .where(Feedback.status == status, Feedback.hidden_at.is_(None))
        .order_by(Feedback.rank)
        .limit(MOST)
        .subquery()
        for status in Status
    ]
    rows = union_all(*(select(one.c.status, one.c.tier) for one in asked)).subquery()
    found = session.execute(
        select(rows.c.status, rows.c.tier, func.count()).group_by(rows.c.status, rows.c.tier)
    )
    return {(status, tier or "none"): count for status, tier, count in found}


def oldest_due(session: Session) -> datetime | None:
    """When the work that has waited longest for a worker, or the clock, was due."""
    moments = [session.scalar(select(func.min(table.due_at))) for table in DUE]
    return min((at for at in moments if at), default=None)


def oldest_unheard(session: Session) -> datetime | None:
    """When the oldest recording came that has neither words nor a reason to have none."""
    waiting = select(Recording.received_at).where(Recording.due_at.is_not(None)).limit(WINDOW)
    found: datetime | None = session.scalar(select(func.min(waiting.subquery().c.received_at)))
    return found


def overdue(session: Session, before: datetime) -> int:
    """How many rows of any kind should have been taken up before a moment, and were not."""
    return sum(_bounded(session, select(t.id).where(t.due_at < before)) for t in DUE)


def unfinished(session: Session, before: datetime) -> int:
    """How many recordings that came before a moment are still on their way."""
    came = Recording.received_at < before
    return _bounded(session, select(Recording.id).where(Recording.due_at.is_not(None), came))


def copies(session: Session) -> Mapping[str, int]:
    """What still lies at Twilio: to be deleted yet, or given up among the newest."""
    newest = session.scalar(select(func.max(TwilioCopy.id))) or 0
    left = (TwilioCopy.deleted_at.is_(None), TwilioCopy.due_at.is_(None))
    given_up = select(TwilioCopy.id).where(TwilioCopy.id > newest - WINDOW, *left)
    pending = select(TwilioCopy.id).where(TwilioCopy.due_at.is_not(None))
    return {"pending": _bounded(session, pending), "given_up": _bounded(session, given_up)}


def quarantined(session: Session) -> int:
    """How many arrivals made no sense, up to MOST."""
    return _bounded(session, select(Ledger.id).where(Ledger.quarantine.is_not(None)))


def not_listed(session: Session, why: str, since: datetime) -> int:
    """How many arrivals since a moment made no sense for a reason that ends so, up to MOST."""
    odd = select(Ledger.id).where(Ledger.quarantine.endswith(why), Ledger.received_at > since)
    return _bounded(session, odd)


def texts_that_failed(session: Session) -> int:
    """How many of the newest texts could not be sent, or did not arrive; those of alerts apart.

    An alert's text is withdrawn when somebody answers, and its record shows what became of it.
    """
    newest = session.scalar(select(func.max(Outgoing.id))) or 0
    failed = Outgoing.id > newest - WINDOW, Outgoing.state == Sending.FAILED
    return _bounded(session, select(Outgoing.id).where(*failed, ~Outgoing.key.startswith(KEY)))


def replies_that_failed(session: Session, since: datetime) -> int:
    """How many replies to urgent items could not be sent, or did not arrive, since a moment."""
    newest = session.scalar(select(func.max(Outgoing.id))) or 0
    return _bounded(
        session,
        select(Outgoing.id).where(
            Outgoing.id > newest - WINDOW,
            or_(Outgoing.state == Sending.FAILED, Outgoing.delivery.in_(LOST)),
            Outgoing.made_at > since,
            select(Feedback.id)
            .where(Feedback.id == Outgoing.feedback_id, Feedback.tier.in_(URGENT))
            .exists(),
        ),
    )


def incidents(session: Session) -> Iterable[str]:
    """The kinds of incident that are not over."""
    return session.scalars(select(Incident.kind).where(Incident.closed_at.is_(None))).all()


def quarantine(session: Session, before: tuple[datetime, int] | None, size: int) -> list[Ledger]:
    """What made no sense, newest first, from below the moment and row `before`."""
    asked = select(Ledger).where(Ledger.quarantine.is_not(None))
    if before is not None:
        at, number = before
        asked = asked.where(
            Ledger.received_at <= at, or_(Ledger.received_at < at, Ledger.id < number)
        )
    newest = asked.order_by(Ledger.received_at.desc(), Ledger.id.desc())
    return list(session.scalars(newest.limit(size)))


def _bounded(session: Session, rows: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(rows.limit(MOST).subquery())) or 0
