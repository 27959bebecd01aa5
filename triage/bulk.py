"""What may be done to several items at once, and which of them can be put back. Pure."""

from collections.abc import Mapping
from datetime import datetime

from store.models import Feedback, Status
from tiers import URGENT
from triage.moves import Refused

ACTS = {
    "mine": "Give to me",
    "nobody": "Give to nobody",
    "colleague": "Give to a colleague",
    "in_progress": "Move to In progress",
    "finished": "Finish",
}
MOST = 100


def check(item: Feedback, act: str, by: str, now: datetime) -> None:
    """Raises Refused when an item is to be left out: a colleague has it, or it is too grave.

    A life or abuse is closed one at a time, by the lead, with its record open.
    """
    if item.held_by not in (None, by) and item.held_until and item.held_until > now:
        raise Refused(f"{item.held_by} has it open")
    if act == Status.FINISHED and item.tier in URGENT:
        raise Refused("R1 and R2 are finished one by one")


def check_seen(item: Feedback, made: datetime, changed_by: str | None) -> None:
    """Raises Refused when an item is no longer as the page of `made` showed it.

    `changed_by`: the colleague who moved it or gave it away since. Words that nobody read are not
    closed in a heap, and what Kim has taken is not taken from her by a page that showed it free.
    """
    if item.words_at and item.words_at > made:
        raise Refused("they have said more since")
    if said_since(item, made):
        raise Refused("it was marked as more urgent since")
    if changed_by:
        raise Refused(f"{changed_by} changed it since")


def said(act: str, to: str) -> str:
    """What was done, in words: the colleague's name is `to`."""
    moved = {"in_progress": "Moved to In progress", "finished": "Finished"}
    return moved.get(act) or f"Given to {to or 'nobody'}"


def said_since(item: Feedback, at: datetime) -> bool:
    """Whether its person has said more since then: that is not finished by undoing anything."""
    return any(moment is not None and moment > at for moment in (item.words_at, item.tier_at))


def unchanged(now: Mapping[str, str | None], after: Mapping[str, str | None]) -> bool:
    """Whether nobody has changed an item since an act left it like this."""
    return dict(now) == dict(after)
