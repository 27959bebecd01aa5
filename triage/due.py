"""By when somebody must have looked, decided or dealt with an item, and how that reads. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hours import Hours, NeverOpen
from store.known import decided, known, looked
from store.models import Feedback, Status
from tiers import URGENT
from triage.safeguarding import unread

LOOK, DECIDE, RING, DEAL, ANSWER = "look", "decide", "ring", "deal", "answer"
WORDS = {
    LOOK: "somebody must look",
    DECIDE: "a safeguarding decision",
    RING: "ring or write back",
    DEAL: "deal with it",
    ANSWER: "the answer that we wait for",
}
AN_HOUR = timedelta(hours=1)
# The council is told within 24 hours of our knowing, by the clock: danger keeps no office hours.
TO_DECIDE = timedelta(hours=24)
# Working days after the one it came on (facts: care.md 5; advice is by the end of the next).
TIER_DAYS = {"R3": 2, "R4": 3}
ADVICE_DAYS, OTHER_DAYS = 1, 5


@dataclass(frozen=True)
class Due:
    """What must have happened by when. `clock`: counted round the clock, not in opening hours."""

    what: str
    at: datetime
    clock: bool = False


def due(item: Feedback, hours: Hours) -> Due | None:
    """What is promised next for an item; None when nothing is. Hours that never open: at once."""
    since = known(item)
    try:
        return _next(item, since, hours)
    except NeverOpen:
        return Due(LOOK, since)


def overdue(due: Due | None, now: datetime) -> bool:
    """Whether a promise is broken."""
    return due is not None and now >= due.at


def words(due: Due, hours: Hours, now: datetime) -> str:
    """How long is left or over: "due in 40 minutes", "overdue by 2 working hours"."""
    start, end = sorted((now, due.at))
    span = end - start if due.clock else hours.between(start, end)
    long = _length(span, hours, due.clock, broken=span != end - start)
    if overdue(due, now):
        return f"overdue by {long}" if long else "overdue"
    return f"due in {long}" if long else "due now"


def working_days(hours: Hours, since: datetime, days: int) -> datetime:
    """The end of the working day `days` after the one on which it came. Raises NeverOpen."""
    end = hours.closes(since)
    for _ in range(days):
        end = hours.closes(end)
    return end


def _next(item: Feedback, since: datetime, hours: Hours) -> Due | None:
    if item.status is Status.FINISHED:
        return None
    if item.tier in URGENT and not looked(item):
        return Due(LOOK, _look(item, since, hours))
    if item.tier in URGENT and not decided(item):
        return Due(DECIDE, (item.looked_at or since) + TO_DECIDE, clock=True)
    if item.tier in URGENT and item.words_at and unread(item):
        return Due(LOOK, _look(item, item.words_at, hours))
    if item.status is Status.WAITING:
        return Due(ANSWER, item.waiting_until) if item.waiting_until else None
    if item.tier in URGENT:
        return None
    if item.purpose == "advice":  # R3 and R4 too: "how do I complain" is what advice is for
        return Due(RING, working_days(hours, since, ADVICE_DAYS))
    return Due(DEAL, working_days(hours, since, TIER_DAYS.get(item.tier or "", OTHER_DAYS)))


def _look(item: Feedback, since: datetime, hours: Hours) -> datetime:
    """R1 within one staffed hour; R2 the same working day, though never sooner than an R1."""
    hour = hours.after(since, AN_HOUR)
    return hour if item.tier == "R1" else max(hour, hours.closes(since))


def _length(span: timedelta, hours: Hours, clock: bool, broken: bool) -> str:
    minutes, day = span // timedelta(minutes=1), timedelta(days=1) if clock else hours.longest_day()
    if minutes < 1:
        return ""
    if minutes < 60:
        return _counted(minutes, "working minute" if broken else "minute")
    kind = "" if clock else "working "
    if span < day:
        return _counted(minutes // 60, f"{kind}hour")
    return _counted(span // day, f"{kind}day")


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
