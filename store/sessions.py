"""Who is signed in where: each session is a row, and ends with it."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from store.access_rows import StaffSession
from store.staff import Staff

LONGEST = timedelta(hours=12)  # one long shift
IDLE = timedelta(hours=1)
# A page's look renews a session at most this often: a write for each would cost more than it says.
RENEWED = timedelta(minutes=1)


def begin(session: Session, staff: int, browser: str, at: datetime) -> str:
    """A new session; what its browser is to hold. Sessions that are over by age go."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(StaffSession).where(StaffSession.made_at < at - LONGEST))
    session.add(
        StaffSession(
            key=key(token),
            staff_id=staff,
            browser=browser[:80],
            made_at=at,
            seen_at=at,
            sure_at=at,
        )
    )
    return token


def find(session: Session, token: str, at: datetime) -> tuple[StaffSession, Staff] | None:
    """The session of this token and whose it is; None when it is over, or they left."""
    wanted = (
        select(StaffSession, Staff)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(StaffSession.key == key(token), Staff.left_at.is_(None), *_alive(at))
    )
    found = session.execute(wanted).one_or_none()
    return None if found is None else (found[0], found[1])


def of(session: Session, staff: int, at: datetime) -> Sequence[StaffSession]:
    """Somebody's sessions that are not over, the latest first."""
    wanted = select(StaffSession).where(StaffSession.staff_id == staff, *_alive(at))
    return session.scalars(wanted.order_by(StaffSession.seen_at.desc())).all()


def renew(session: Session, number: int, at: datetime) -> None:
    """Somebody did something in this session."""
    session.execute(update(StaffSession).where(StaffSession.id == number).values(seen_at=at))


def sure(session: Session, number: int, at: datetime) -> None:
    """Somebody typed their password again in this session."""
    session.execute(update(StaffSession).where(StaffSession.id == number).values(sure_at=at))


def end(session: Session, staff: int, number: int | None = None, but: int | None = None) -> None:
    """End one session of somebody's, or all; `but` is left, as one may stay signed in here."""
    theirs = delete(StaffSession).where(StaffSession.staff_id == staff)
    if number is not None:
        theirs = theirs.where(StaffSession.id == number)
    if but is not None:
        theirs = theirs.where(StaffSession.id != but)
    session.execute(theirs)


def end_here(session: Session, token: str) -> None:
    """End the session that a browser had, because it signs in anew or out."""
    session.execute(delete(StaffSession).where(StaffSession.key == key(token)))


def key(token: str) -> str:
    """What the row keeps of a token. It is random: a fast hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def _alive(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return StaffSession.made_at > at - LONGEST, StaffSession.seen_at > at - IDLE
