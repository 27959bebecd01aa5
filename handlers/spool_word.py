"""What lies in this host's spool, told to whoever keeps watch; and what of it is to go."""

import socket
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from store import callers, rounds
from store.spool import Spool

HOST = socket.gethostname()


def say(session: Session, spool: Spool) -> None:
    """How much waits here and was set aside, onto this host's row: no other host sees its disk."""
    forget(session, spool)
    rounds.spool(session, HOST, datetime.now(UTC), spool.oldest(), spool.aside.count())


def forget(session: Session, spool: Spool) -> None:
    """What was set aside of phones that are forgotten goes, unread, unless it came since."""
    phones = spool.aside.phones()
    for joined, at in callers.forgotten(session, phones) if phones else ():
        spool.aside.drop_of(joined, at.timestamp())
