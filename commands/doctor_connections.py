"""Whether PostgreSQL admits as many connections as the line's processes may want."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import Settings
from workers.setup_findings import OK, WARNING, Finding

# A web process has a connection for each of its threads (gunicorn.conf.py), while the database
# hangs up to 15; a worker's hand has one, and the clock with its postmen five.
OF_A_WEB, OF_A_CLOCK = 8, 5
CROWDED = 0.8

ADMITTED = text(
    "SELECT current_setting('max_connections')::int"
    " - current_setting('superuser_reserved_connections')::int"
)
IN_USE = text("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")


def look(session: Session, settings: Settings) -> Iterator[Finding]:
    """One line on PostgreSQL, none on SQLite. How many hosts there are only the operator knows."""
    if session.get_bind().dialect.name != "postgresql":
        return
    admitted, used = session.scalar(ADMITTED) or 0, session.scalar(IN_USE) or 0
    one = wanted(settings)
    words = f"{admitted} are admitted, {used} are in use, a host like this may want {one}"
    if max(one, used) > CROWDED * admitted:
        yield Finding(WARNING, "connections", f"{words}: raise max_connections (docs/scale.md)")
    else:
        yield Finding(OK, "connections", words)


def wanted(settings: Settings) -> int:
    """What web, worker and clock of this host come to."""
    return settings.web_processes * OF_A_WEB + settings.workers + OF_A_CLOCK
