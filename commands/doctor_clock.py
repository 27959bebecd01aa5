"""Whether this machine's clock agrees with those of the database, of Redis and of Twilio."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from store.queue import Bell
from workers.setup_findings import OK, WRONG, Finding

MOST = 5.0  # seconds: half of what the sweep waits, and far below every lease
PATIENCE = 3


def look(session: Session, settings: config.Settings) -> Iterator[Finding]:
    """One line: the largest difference. A clock that cannot be asked is not compared."""
    found = {
        "the database": _database(session),
        "Redis": _since(Bell(settings.redis_url).now()),
        "Twilio": _twilio(settings.twilio_api_url),
    }
    known = {name: apart for name, apart in found.items() if apart is not None}
    if not known:
        yield Finding(OK, "clock", "there is no other to compare it with")
        return
    name = max(known, key=lambda one: abs(known[one]))
    words = f"{known[name]:+.1f} s from that of {name}"
    yield Finding(WRONG if abs(known[name]) > MOST else OK, "clock", words)


def _since(at: datetime | None) -> float | None:
    return (datetime.now(UTC) - at).total_seconds() if at else None


def _database(session: Session) -> float | None:
    # SQLite asks this very machine.
    if session.get_bind().dialect.name == "sqlite":
        return None
    return _since(session.scalar(select(func.clock_timestamp())))


def _twilio(url: str) -> float | None:
    """Without signing in: any answer has a date, in whole seconds."""
    try:
        answer = requests.head(url, timeout=PATIENCE, allow_redirects=False)
        return _since(parsedate_to_datetime(answer.headers.get("Date", "")))
    except (requests.RequestException, ValueError):
        return None
