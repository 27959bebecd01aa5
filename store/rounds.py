"""When each round of upkeep last ran, and what it counted: one row for each kind of round."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.inserts import insert_once
from store.upkeep import Round

SWEEP, CATCH_UP, NUMBERS = "sweep", "catch-up", "number check"
REPEATED = "linked reports"
SCRUB, RETENTION = "scrub", "retention"
# A contact is rung for by the clock and answered by a worker: two rounds, so that one is missed.
CONTACT_RUNG, CONTACT = "contact rung for", "contact"
CATCH_UP_RUNG, NUMBERS_RUNG = "catch-up rung for", "number check rung for"

# One for each web host: what lies in its spool, of which no other host sees the disk.
SPOOL = "spool of "
SPOKEN = timedelta(days=1)  # a host that is no more is believed for so long


def ran(session: Session, name: str, at: datetime, counts: Mapping[str, int] | None = None) -> None:
    """A round ran. Its older run is not kept: what matters is whether they go on."""
    values = {"at": at, "counts": dict(counts or {})}
    if insert_once(session, Round, name=name, **values) is None:
        session.execute(update(Round).where(Round.name == name).values(**values))


def spool(session: Session, host: str, at: datetime, since: datetime | None, aside: int) -> None:
    """What lies on a web host: since when the oldest waits, and how many were set aside."""
    counts = {"aside": aside} | ({"since": int(since.timestamp())} if since else {})
    ran(session, f"{SPOOL}{host}"[:40], at, counts)


def spools(session: Session, now: datetime) -> tuple[datetime | None, int]:
    """The same of all web hosts together, as they said last."""
    said = session.scalars(
        select(Round.counts).where(Round.name.startswith(SPOOL), Round.at > now - SPOKEN)
    ).all()
    since = min((one["since"] for one in said if "since" in one), default=None)
    return since and datetime.fromtimestamp(since, UTC), sum(one["aside"] for one in said)


def last(session: Session) -> Mapping[str, datetime]:
    """When each round last ran; one that never did is not there."""
    return {row.name: row.at for row in session.execute(select(Round.name, Round.at))}


def counted(session: Session, name: str) -> Mapping[str, int]:
    """What the last round of a kind counted; nothing where it never ran."""
    return session.scalar(select(Round.counts).where(Round.name == name)) or {}
