"""Looks every minute whether all goes on as it should; what does not becomes one incident."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from store import alerts, disk, incidents, rounds, watch
from store.alert_rows import Why
from store.queue import Bell
from store.spool import Spool
from workers.alarms import Alarms, NotTold
from workers.room import Room

STUCK = timedelta(minutes=5)
LATE = timedelta(hours=1)
NO_SWEEP = timedelta(minutes=2)
NO_CATCH_UP = timedelta(hours=2)
NO_ANSWER = timedelta(minutes=5)
DAY = timedelta(days=1)
ALERT = "alert"
AT_MOST = 5  # told of in one look: a mail server that hangs must not hold up the next one

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Facts:
    """What a look found, before anybody judges it."""

    now: datetime
    overdue: int
    unfinished: int
    rounds: Mapping[str, datetime]
    spooled_since: datetime | None
    aside: int
    nearly_full: Path | None
    queue: bool
    replies_failed: int
    numbers_wrong: int
    given_up: Mapping[str, int] = field(default_factory=dict)


def judge(facts: Facts) -> dict[str, str]:
    """What is wrong, by kind, each in a sentence for whoever has to mend it. Pure."""
    return dict([*_work(facts), *_alerts(facts), *_rounds(facts), *_host(facts)])


def look(room: Room, bell: Bell) -> Facts:
    """The facts of this moment. Raises SQLAlchemyError while the database is away."""
    now, spool = room.now(), Spool(room.settings.spool, room.seal)
    with room.database.reading() as session:
        since, aside = rounds.spools(session, now)
        return Facts(
            now=now,
            overdue=watch.overdue(session, now - STUCK),
            unfinished=watch.unfinished(session, now - LATE),
            rounds=rounds.last(session),
            spooled_since=min(filter(None, (since, spool.oldest())), default=None),
            # Of this host's web, where there is one, it is the same.
            aside=max(aside, spool.aside.count()),
            nearly_full=next((p for p in room.places if disk.low([p], room.least_free_mb)), None),
            queue=bell.depth() is not None,
            replies_failed=watch.replies_that_failed(session, now - DAY),
            numbers_wrong=rounds.counted(session, rounds.NUMBERS).get("wrong", 0),
            given_up=alerts.given_up(session),
        )


def watch_once(room: Room, facts: Facts, alarms: Alarms) -> None:
    """Open and close incidents as the facts are, then tell of what is due to be told."""
    with room.database.writing() as session:
        incidents.settle(session, judge(facts), facts.now)
        # Each alert is a person: the second that nobody answered is no less news than the first.
        unheard = _unheard(facts)
        fewer = [_answered_by_nobody(number) for number in range(1, unheard)]
        incidents.renew(session, ALERT, _answered_by_nobody(unheard), fewer, facts.now)
    tell(room, alarms)


def tell(room: Room, alarms: Alarms) -> None:
    """Tell the operator, outside any transaction: a mail server may take its time."""
    with room.database.reading() as session:
        due = incidents.due(session, room.now(), AT_MOST)
    for incident in due:
        state = "over" if incident.closed_at else "open"
        log.warning("incident %s: %s: %s", state, incident.kind, incident.words)
        try:
            reason = alarms.tell(room.script.line.name, incident)
        except NotTold as why:
            log.error("nobody could be told of %s: %s", incident.kind, why)
            with room.database.writing() as session:
                incidents.not_told(session, incident, room.now(), str(why))
            continue
        with room.database.writing() as session:
            incidents.told(session, incident, room.now(), reason)


def _work(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.overdue:
        words = "are due for more than 5 minutes and nobody takes them up: "
        words += "are workers and clock running?"
        yield "stuck", f"{facts.overdue} rows {words}"
    if facts.unfinished:
        yield "unfinished", f"{facts.unfinished} recordings have no words after more than an hour."
    if facts.replies_failed:
        words = "could not be sent since this time yesterday: look at those items first."
        yield "crisis reply", f"{facts.replies_failed} replies to urgent items {words}"


def _alerts(facts: Facts) -> Iterator[tuple[str, str]]:
    if unheard := _unheard(facts):
        yield ALERT, _answered_by_nobody(unheard)
    if facts.given_up.get(Why.TEST):
        yield "test alert", "Nobody answered a test alert: would they have heard a real one?"


def _unheard(facts: Facts) -> int:
    return sum(count for why, count in facts.given_up.items() if why != Why.TEST)


def _answered_by_nobody(alerts: int) -> str:
    return f"{alerts} urgent alerts were answered by nobody: look at the desk now."


def _rounds(facts: Facts) -> Iterator[tuple[str, str]]:
    if _silent(facts, NO_SWEEP, rounds.SWEEP):
        yield "no sweep", "Nothing has been rung for again for more than 2 minutes."
    # The first of all may still be under way: then it counts from when it was rung for.
    if _silent(facts, NO_CATCH_UP, rounds.CATCH_UP, rounds.CATCH_UP_RUNG):
        yield "no catch-up", "Nobody has compared with Twilio for more than 2 hours."
    rung = facts.rounds.get(rounds.CONTACT_RUNG)
    answered = facts.rounds.get(rounds.CONTACT)
    unanswered = rung and facts.now - rung > NO_ANSWER and not (answered and answered >= rung)
    if unanswered and facts.queue:
        yield "contact", "A test through queue and worker was not answered within 5 minutes."
    if facts.numbers_wrong:
        yield "numbers", "Twilio has been told something wrong about a number: twilio check."


def _silent(facts: Facts, patience: timedelta, *names: str) -> bool:
    """Whether a round is missing, since it last ran or was rung for at all."""
    since = next((facts.rounds[name] for name in names if name in facts.rounds), None)
    return since is not None and facts.now - since > patience


def _host(facts: Facts) -> Iterator[tuple[str, str]]:
    if not facts.queue:
        yield "queue", "Redis does not answer: rows wait until it does. Nothing is lost."
    if facts.spooled_since and facts.now - facts.spooled_since > STUCK:
        yield "spool", "What came while the database was away still lies on a web host's disk."
    if facts.aside:
        yield "spool aside", f"{facts.aside} spooled arrivals could not be taken in: see doctor."
    if facts.nearly_full:
        words = "Nothing is fetched from Twilio or deleted there until there is space again."
        yield "disk", f"The disk of {facts.nearly_full} is nearly full. {words}"
