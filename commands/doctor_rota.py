"""Whether somebody would be told: gaps in the rota, ways that do not work, the last test alert."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import config
from dialogue import script
from dialogue.rota import Gap, gaps
from dialogue.script import Line
from hours import LONDON
from store import alerts
from store.arrival_rows import Caller
from store.seal import Seal
from workers.setup_findings import OK, WARNING, WRONG, Finding

DAYS = 14


def look(session: Session, settings: config.Settings) -> Iterator[Finding]:
    """A line for the rota, one for each gap's kind, one for the last test. No name of a number."""
    try:
        line = script.load(settings.script).line
    except script.WrongScript:
        return  # said already
    wrong = WRONG if settings.production else WARNING
    if not line.rota.people:
        words = "nobody is told of anything urgent: name people in line.toml, [[rota.people]]"
        yield Finding(wrong, "rota", words)
        return
    yield from _gaps(line, wrong)
    yield from _ways(session, settings, line, wrong)
    yield _test(session, line)


def _gaps(line: Line, wrong: str) -> Iterator[Finding]:
    found = list(gaps(line.rota, line.opening, datetime.now(UTC), DAYS))
    closed = [gap for gap in found if not gap.open]
    kinds = {
        "while the line is open": [gap for gap in found if gap.open],
        "out of hours: an R1 then goes to lead and deputy alone": [g for g in closed if g.told],
        "out of hours: an R1 then waits until somebody is": [g for g in closed if not g.told],
    }
    for when, holes in kinds.items():
        if holes:
            words = f"nobody is on {when}: {_said(holes[0])}, {len(holes)} such gaps"
            level = wrong if holes[0].open else WARNING
            yield Finding(level, "rota", f"{words} within {DAYS} days")
    if not found:
        yield Finding(OK, "rota", f"somebody is on at every hour of the next {DAYS} days")


def _said(gap: Gap) -> str:
    start, end = (at.astimezone(LONDON) for at in (gap.start, gap.end))
    return f"from {start:%a %-d %b %H:%M} to {end:%a %-d %b %H:%M}"


def _ways(session: Session, settings: config.Settings, line: Line, wrong: str) -> Iterator[Finding]:
    """Who could not be told although they are on."""
    seal = Seal(settings.sealing_keys, settings.join_key)
    joined = [seal.join(person.phone) for person in line.rota.people if person.phone]
    silent = session.scalars(
        select(Caller.id).where(Caller.joined.in_(joined), Caller.opted_out.is_(True))
    ).all()
    if silent:
        words = "phones of the rota have said STOP: they text START to the line, or get no alert"
        yield Finding(wrong, "rota", f"{len(silent)} {words}")
    if settings.smtp_url is None and any(person.email for person in line.rota.people):
        yield Finding(wrong, "rota", "no alert goes by e-mail: SMTP_URL is not set")


def _test(session: Session, line: Line) -> Finding:
    if line.rota.test is None:
        return Finding(WARNING, "test alert", "none: set rota.test in line.toml")
    last = alerts.last_test(session)
    if last is None:
        return Finding(WARNING, "test alert", "none was sent yet")
    at = f"{last.opened_at.astimezone(LONDON):%a %-d %b %H:%M}"
    if last.acknowledged_at:
        return Finding(OK, "test alert", f"answered, {at}")
    level = WARNING if last.given_up_at else OK
    return Finding(level, "test alert", f"not answered{'' if last.given_up_at else ' yet'}, {at}")
