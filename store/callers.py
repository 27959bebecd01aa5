"""Phones by their keyed hash. A phone is not a person, and its number is never shown here."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.database import insert_once
from store.models import Caller
from store.seal import Seal


def known(session: Session, seal: Seal, number: str, reachable: bool, at: datetime) -> Caller:
    """The phone with this number, kept from its first contact on."""
    joined = seal.join(number)
    found = session.scalars(select(Caller).where(Caller.joined == joined)).one_or_none()
    if found is None:
        insert_once(
            session,
            Caller,
            joined=joined,
            number=seal.close(number),
            reachable=reachable,
            opted_out=False,
            first_seen=at,
        )
        found = session.scalars(select(Caller).where(Caller.joined == joined)).one()
    return found
