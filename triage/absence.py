"""Who is away: gone for good, in another role, or not signed in for some working days. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from hours import Hours, NeverOpen
from store.staff import Staff
from triage.due import working_days
from triage.moves import WORKS

AWAY_DAYS = 3


def absent(staff: Iterable[Staff], hours: Hours, now: datetime) -> Mapping[str, str]:
    """The names of those who are away, each with why."""
    reasons = ((one.name, _why(one, hours, now)) for one in staff)
    return {name: why for name, why in reasons if why}


def _why(one: Staff, hours: Hours, now: datetime) -> str | None:
    if one.left_at:
        return "has left"
    if one.role not in WORKS:
        return "no longer works on feedback"
    try:
        back_by = working_days(hours, one.signed_in_at or one.added_at, AWAY_DAYS)
    except NeverOpen:
        return None
    return f"not signed in for {AWAY_DAYS} working days" if back_by <= now else None
