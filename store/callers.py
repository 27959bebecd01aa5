"""Phones by their keyed hash. A phone is not a person, and its number is never shown here."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from store.arrival_rows import Caller
from store.database import plainly
from store.inserts import insert_once
from store.prepared import Prepared
from store.seal import Seal
from store.single import fresh, plain
from store.spool_slips import PHONE

# How exactly it is kept when a phone was last heard of: once a day, not at each key press.
SEEN_ANEW = timedelta(days=1)

# Built once, and read as plain rows: this stands in the way of each webhook.
ROWS = cast(Table, Caller.__table__)
BY_HASH = Prepared(select(ROWS).where(ROWS.c.joined == bindparam("hash")))


def known(
    session: Session, seal: Seal, number: str, reachable: Callable[[str], bool], at: datetime
) -> Caller:
    """The phone with this number, kept from its first contact on.

    A contact puts off the day on which its number goes; one that has gone is known again.
    `reachable`: whether it can be called back; asked once, of a number that is new.
    """
    joined = seal.join(number)
    phone = _found(session, joined)
    if phone is None:
        new: dict[str, object] = {
            "joined": joined,
            "number": seal.close(number),
            "reachable": reachable(number),
            "opted_out": False,
            "first_seen": at,
            "seen_at": at,
        }
        if key := insert_once(session, Caller, **new):
            return fresh(Caller, {**new, "id": key})
        # Two at once from a new phone: whoever comes second reads what the first has written.
        phone = cast(Caller, _found(session, joined))
    if phone.forget_at or phone.forgotten_at:
        sealed = phone.number or seal.close(number)
        _change(session, phone, forget_at=None, forgotten_at=None, trouble=None, number=sealed)
    if phone.seen_at is None or at - phone.seen_at > SEEN_ANEW:
        _change(session, phone, seen_at=at)
    return phone


def by_number(session: Session, seal: Seal, number: str) -> Caller | None:
    """The phone with this number, if it was ever heard of."""
    wanted = select(Caller).where(Caller.joined == seal.join(number))
    return session.scalars(wanted).one_or_none()


def opted_out(session: Session, phone: Caller, out: bool) -> None:
    """Whether this phone gets no texts from now on."""
    _change(session, phone, opted_out=out)


def _found(session: Session, joined: str) -> Caller | None:
    row = BY_HASH.row(plainly(session), {"hash": joined})
    return plain(Caller, row) if row else None


def _change(session: Session, phone: Caller, **changes: object) -> None:
    for name, value in changes.items():
        setattr(phone, name, value)
    plainly(session).execute(update(ROWS).where(ROWS.c.id == phone.id).values(changes))


def forgotten(session: Session, beginnings: Collection[str]) -> Sequence[tuple[str, datetime]]:
    """The phones that are forgotten, by their keyed hash, and since when: of those whose hash
    begins so, in PHONE signs."""
    theirs = func.substr(Caller.joined, 1, PHONE).in_(beginnings)
    wanted = select(Caller.joined, Caller.forgotten_at).where(theirs)
    return [(joined, at) for joined, at in session.execute(wanted) if at]
