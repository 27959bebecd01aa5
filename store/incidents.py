"""Incidents by what is still to be told of them. One of a kind is open at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.inserts import insert_once
from store.upkeep import Incident

MOST_ATTEMPTS = 60
LONGEST_WAIT = timedelta(minutes=30)  # with the attempts: about a day of trying
LONGEST = 300  # characters, as the columns have it


def settle(session: Session, found: Mapping[str, str], now: datetime) -> None:
    """Open what is found and not open yet, close what is open and not found any more."""
    for kind, words in found.items():
        insert_once(
            session,
            Incident,
            kind=kind,
            words=words[:LONGEST],
            opened_at=now,
            due_at=now,
            attempts=0,
        )
    # That it is over is told as well: somebody may be on their way to mend it.
    session.execute(
        update(Incident)
        .where(Incident.closed_at.is_(None), Incident.kind.not_in(found))
        .values(closed_at=now, due_at=now, attempts=0)
    )


def renew(session: Session, kind: str, words: str, milder: Sequence[str], now: datetime) -> None:
    """Other words for what is open. Where it was in `milder` words it has grown: told again."""
    mine = Incident.kind == kind, Incident.closed_at.is_(None)
    grown = update(Incident).where(*mine, Incident.words.in_(milder))
    session.execute(grown.values(words=words, due_at=now, attempts=0))
    session.execute(update(Incident).where(*mine, Incident.words != words).values(words=words))


def due(session: Session, now: datetime, at_most: int) -> Sequence[Incident]:
    """What is to be told now, oldest first."""
    return session.scalars(
        select(Incident).where(Incident.due_at <= now).order_by(Incident.id).limit(at_most)
    ).all()


def opened(session: Session) -> Sequence[Incident]:
    """What is not over, oldest first."""
    return session.scalars(
        select(Incident).where(Incident.closed_at.is_(None)).order_by(Incident.id)
    ).all()


def told(session: Session, incident: Incident, now: datetime, reason: str | None) -> None:
    """Somebody has it. If it ended or grew while it was being told, that is still to be told."""
    _put(session, incident, told_at=now, due_at=None, reason=reason and reason[:LONGEST])


def not_told(session: Session, incident: Incident, now: datetime, reason: str) -> None:
    """Nobody has it yet: later again, ever less often, and after about a day no more."""
    tries = incident.attempts + 1
    wait = min(timedelta(seconds=30 * 2 ** min(tries, 10)), LONGEST_WAIT)
    again = now + wait if tries < MOST_ATTEMPTS else None
    _put(session, incident, attempts=tries, due_at=again, reason=reason[:LONGEST])


def _put(session: Session, incident: Incident, **values: object) -> None:
    closed = incident.closed_at
    same = Incident.closed_at.is_(None) if closed is None else Incident.closed_at == closed
    mine = Incident.id == incident.id, Incident.words == incident.words, same
    session.execute(update(Incident).where(*mine).values(**values))
