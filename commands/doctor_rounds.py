"""What waits, what was given up, what is open, and when each round last ran."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

import config
from dialogue.intake import NOT_LISTED
from store import incidents, rounds, watch
from store.seal import Seal
from store.spool import Spool
from workers.setup_findings import OK, WARNING, WRONG, Finding

EXPECTED = (rounds.SWEEP, rounds.CATCH_UP, rounds.CONTACT)
NEWLY = timedelta(days=7)


def look(session: Session, settings: config.Settings) -> Iterator[Finding]:
    """A line each. What waits for staff is never wrong; what the program gave up is."""
    yield from _spool(Spool(settings.spool, Seal(settings.sealing_keys, settings.join_key)))
    odd = watch.quarantined(session)
    yield Finding(WARNING if odd else OK, "quarantine", f"{odd} arrivals made no sense")
    yield _not_listed(session)
    failed = watch.texts_that_failed(session)
    words = f"{failed} of the newest {watch.WINDOW:,} were not sent, or did not arrive"
    yield Finding(WARNING if failed else OK, "texts", words)
    for incident in incidents.opened(session):
        yield Finding(WARNING, f"incident {incident.kind}", incident.words)
    yield from _rounds(session, settings.production)
    yield _alarms(settings)


def _not_listed(session: Session) -> Finding:
    """Whoever rang or texted a number of ours that the script lists in another way got nothing."""
    missed = watch.not_listed(session, NOT_LISTED, datetime.now(UTC) - NEWLY)
    if not missed:
        return Finding(OK, "numbers", "nobody rang or texted one that line.toml does not list")
    words = f"{missed} texts or steps of calls in {NEWLY.days} days came {NOT_LISTED}"
    return Finding(WARNING, "numbers", f"{words}: is each of ours under [[numbers]]?")


def _spool(spool: Spool) -> Iterator[Finding]:
    depth, aside = spool.depth(), spool.aside.count()
    yield Finding(WARNING if depth else OK, "spool", f"{depth} arrivals wait on this host")
    words = f"{aside} arrivals could not be taken in"
    yield Finding(WRONG if aside else OK, "spool aside", words)


def _rounds(session: Session, production: bool) -> Iterator[Finding]:
    now, last = datetime.now(UTC), rounds.last(session)
    for name in EXPECTED:
        if name in last:
            minutes = int((now - last[name]).total_seconds() // 60)
            yield Finding(OK, f"last {name}", f"{minutes:,} minutes ago")
        else:
            level = WARNING if production else OK
            yield Finding(level, f"last {name}", "never: is the clock running?")


def _alarms(settings: config.Settings) -> Finding:
    if settings.alarm_email or settings.alarm_webhook:
        return Finding(OK, "alarms", "are told")
    level = WARNING if settings.production else OK
    return Finding(level, "alarms", "nobody is told: set ALARM_EMAIL or ALARM_WEBHOOK")
