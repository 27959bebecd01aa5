"""The accounts of colleagues: who there is, and what is done to them, by command and at the desk.

Whatever changes what somebody may do ends their sessions: they sign in again as who they are now.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from store import factors, looks, sessions
from store.access_rows import Kept
from store.staff import Role, Staff, folded

ONE_TIME_FOR = timedelta(days=7)


def everybody(session: Session) -> Sequence[Staff]:
    """Whoever works here or did, by name."""
    return session.scalars(select(Staff).order_by(Staff.name)).all()


def named(session: Session, name: str) -> Staff | None:
    """Somebody of this name, however a keyboard writes it; a leaver too."""
    return session.scalars(_of_name(name)).first()


def colleague(
    session: Session, *, number: int | None = None, name: str | None = None
) -> Staff | None:
    """Somebody who works here now, by number or by name; a leaver is nobody."""
    asked = select(Staff).where(Staff.id == number) if name is None else _of_name(name)
    return session.scalars(asked.where(Staff.left_at.is_(None))).first()


def add(
    session: Session, name: str, role: Role, stored: str, one_time: bool, by: str, at: datetime
) -> Staff:
    """Somebody new. A one-time password is good for a week."""
    row = Staff(
        name=name,
        role=role,
        password=stored,
        one_time=one_time,
        one_time_until=at + ONE_TIME_FOR if one_time else None,
        added_at=at,
    )
    session.add(row)
    _kept(session, by, at, f"added {name} as {role.value}")
    return row


def give_password(session: Session, of: Staff, stored: str, by: str, at: datetime) -> None:
    """A new one-time password; a leaver is back."""
    of.password, of.one_time, of.one_time_until = stored, True, at + ONE_TIME_FOR
    back = " back, with" if of.left_at else ""
    of.left_at = None
    sessions.end(session, of.id)
    _kept(session, by, at, f"gave {of.name}{back} a new password")


def give_role(session: Session, of: Staff, role: Role, by: str, at: datetime) -> None:
    """Another role."""
    _kept(session, by, at, f"made {of.name} {role.value}, before {of.role.value}")
    of.role = role
    sessions.end(session, of.id)


def remove(session: Session, of: Staff, by: str, at: datetime) -> None:
    """They left. Their work keeps their name, and what they looked at stays written down."""
    of.left_at = at
    sessions.end(session, of.id)
    _kept(session, by, at, f"removed {of.name}")


def remove_factor(session: Session, of: Staff, by: str, at: datetime) -> None:
    """They lost their telephone."""
    factors.remove(session, of.id)
    sessions.end(session, of.id)
    _kept(session, by, at, f"took away the second factor of {of.name}")


def signed_in(session: Session, number: int, at: datetime) -> None:
    """Somebody came in: whoever has not for days is away, and others must see to their items."""
    session.execute(update(Staff).where(Staff.id == number).values(signed_in_at=at))


def _of_name(name: str) -> Select[Staff]:
    # To the letter first: a former version let two be alike.
    alike = or_(Staff.name == name, Staff.folded == folded(name))
    return select(Staff).where(alike).order_by((Staff.name == name).desc(), Staff.id)


def _kept(session: Session, by: str, at: datetime, what: str) -> None:
    looks.keep(session, by, Kept.STAFF, at, what=what)
