"""Who may have an item erased, and whom the line tells that it was. Pure."""

from store.arrival_rows import Caller
from store.erasure_rows import Way
from store.models import Feedback
from tiers import URGENT
from triage import safeguarding


def needs_the_lead(item: Feedback, on_hold: bool) -> str | None:
    """Why a wish is not enough to erase an item: the safeguarding lead decides. None: it is."""
    if on_hold:
        return "It is on legal hold."
    if item.tier in URGENT:
        return f"It is {item.tier}: somebody may be at serious risk."
    return None


def may_tell(item: Feedback, caller: Caller | None, way: Way, *, doubt: bool = False) -> bool:
    """Whether to text the person that it is done.

    Who asked by text is told by text. Who asked in another way only where contact was wanted. Never
    after STOP, and never where whoever holds the phone may be the danger (line.md, Urgent), for
    what another item tells too (`doubt`).
    """
    if caller is None or not caller.reachable or caller.opted_out or way is Way.RETENTION:
        return False
    if doubt or item.safe is False or (safeguarding.recorded(item) and item.safe is not True):
        return False
    return way is Way.TEXT or item.contact is True
