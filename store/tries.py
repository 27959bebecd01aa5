"""Wrong tries to sign in, counted in the rows: the same for every process and host."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from store.access_rows import Try

KEPT_FOR = timedelta(days=30)


def begin(session: Session, account: str, address: str, at: datetime) -> int:
    """Write down a try before it is looked at: of many at once, each sees those before it."""
    row = Try(at=at, account=account, address=address)
    session.add(row)
    session.flush()
    return row.id


def others(
    session: Session, *, since: datetime, but: int, account: str = "", address: str = ""
) -> tuple[int, datetime | None]:
    """How many tries count beside this one, of an account or of an address; when the last was."""
    of = Try.account == account if account else Try.address == address
    wanted = select(func.count(), func.max(Try.at)).where(
        of, Try.at >= since, Try.settled_at.is_(None), Try.id != but
    )
    count, last = session.execute(wanted).one()
    return count, last


def take_back(session: Session, number: int) -> None:
    """A try that was refused unseen does not count: else whoever goes on trying is never let in."""
    session.execute(delete(Try).where(Try.id == number))


def settle(session: Session, number: int, account: str, at: datetime) -> None:
    """Whoever tried is in: their tries count no more. What is old goes."""
    theirs = or_(Try.id == number, Try.account == account)
    session.execute(update(Try).where(theirs, Try.settled_at.is_(None)).values(settled_at=at))
    session.execute(delete(Try).where(Try.at < at - KEPT_FOR))


def wrong(
    session: Session, accounts: list[str], since: datetime
) -> dict[str, tuple[int, datetime]]:
    """Wrong tries by account, for whoever looks after accounts."""
    wanted = (
        select(Try.account, func.count(), func.max(Try.at))
        .where(Try.account.in_(accounts), Try.at >= since, Try.settled_at.is_(None))
        .group_by(Try.account)
    )
    return {account: (count, last) for account, count, last in session.execute(wanted)}
