"""What comes next for an alert: whom to tell, how long to wait, or that nobody is left. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogue.rota import Person, Rota, comes_on, next_person
from hours import Hours, NeverOpen
from store.alert_rows import Why

# Words of abuse are told in so many turns. A danger to life, and help that did not arrive, in as
# many as it takes: nobody knows that the person is safe until somebody says that they have it.
TURNS = 2
AGAIN = timedelta(hours=1)
AGAIN_CLOSED = timedelta(hours=2)  # nights and weekends: whoever slept, or was out, may be back
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tell:
    """Tell this person, and wait until then."""

    person: Person
    until: datetime


@dataclass(frozen=True)
class Wait:
    """Nobody is told before then: it is not so urgent that it may wake anybody."""

    until: datetime


@dataclass(frozen=True)
class GiveUp:
    """Nobody is left to tell, for this reason. `again`: whoever is here then is told.

    `turns`: how many turns on the alert is then. 0: only those are told who were not told yet;
    1: everybody once more; `TURNS`: everybody, as if this turn had never been.
    """

    reason: str
    again: datetime | None = None
    turns: int = 1


def decide(
    rota: Rota,
    hours: Hours,
    why: Why,
    turn: int,
    told: Sequence[str],
    now: datetime,
    *,
    reached: bool,
) -> Tell | Wait | GiveUp:
    """The next step of an alert whose time has come; `told` are those of this turn.

    `reached`: whether a message of this turn was sent to any of them.
    """
    if why is Why.TEST:
        return _test(rota, hours, told, now)
    opens = opening(hours, now)
    if why is Why.R2 and opens > now:
        return Wait(opens)
    person = next_person(rota, hours, now, told)
    if person:
        return Tell(person, now + timedelta(minutes=rota.escalate_minutes))
    # Whoever comes on before the next turn (a night's own shift) is not kept waiting for it.
    fresh = comes_on(rota, hours, now, told, opening=why is Why.R2)
    if told and not reached:
        return _unreached(told, fresh, now)
    again = min(opens, now + AGAIN_CLOSED) if opens > now else now + AGAIN
    if not told:  # a night with nobody on is no turn in which anybody slept
        return GiveUp("Nobody is on.", min(fresh or again, again), turns=0)
    reason = f"Nobody of {len(set(told))} said that they have it."
    if why is Why.R2 and turn % TURNS == 0:
        return _last(rota, told, fresh, reason, now)
    return GiveUp(reason, fresh, turns=0) if fresh and fresh < again else GiveUp(reason, again)


def _last(
    rota: Rota, told: Sequence[str], fresh: datetime | None, reason: str, now: datetime
) -> GiveUp:
    """Only those are told now whom no turn told. Where none of them comes on as far as one looks
    it is looked again, daily: somebody's leave may end later than that."""
    if not fresh and all(person.name in told for person in rota.people):
        return GiveUp(reason)
    return GiveUp(reason, fresh or now + DAY, turns=0)


def _unreached(told: Sequence[str], fresh: datetime | None, now: datetime) -> GiveUp:
    """Nobody slept through it, Twilio took none of it: it does not rest until the next opening."""
    reason, again = f"None of {len(set(told))} could be reached.", now + AGAIN
    if fresh and fresh < again:
        return GiveUp(reason, fresh, turns=0)
    return GiveUp(reason, again, turns=TURNS)


def opening(hours: Hours, now: datetime) -> datetime:
    """The next opening; hours that never open hold nobody back (so do they in `triage/due.py`)."""
    try:
        return hours.next_open(now)
    except NeverOpen:
        return now


def _test(rota: Rota, hours: Hours, told: Sequence[str], now: datetime) -> Tell | GiveUp:
    """A test goes to one person, and nobody else is called for it."""
    if told:
        return GiveUp("Nobody answered the test.")
    person = next_person(rota, hours, now, ())
    if person is None:
        return GiveUp("Nobody is on.")
    return Tell(person, now + timedelta(minutes=rota.test_minutes))
