"""What DELETE and KEEP do to the items of a phone."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dialogue.asked_for import Keyword
from store import of_phone, removals
from store.arrival_rows import Caller
from store.erasure_rows import Way
from tiers import URGENT


def delete(session: Session, caller: Caller, word: Keyword, at: datetime, days: int) -> None:
    """Hide a phone's item at once and erase it in `days`; an urgent one goes to the lead.

    The latest is the latest: a DELETE that a shaking hand sends twice takes no second item. One
    that was lost and found takes nothing that was told after it.
    """
    item = of_phone.latest(session, caller.id, False, word.reference, until=at)
    gone = of_phone.latest(session, caller.id, True, word.reference, until=at)
    if item is None or (gone and gone.id > item.id):
        return
    stays = item.tier in URGENT or removals.held(session, item) is not None
    removals.ask(session, item, Way.TEXT, at, for_the_lead=stays)
    if not stays:
        removals.hide(item, at, at + timedelta(days=days))


def keep(session: Session, caller: Caller, word: Keyword, at: datetime) -> None:
    """Undo the latest DELETE of this phone up to `at`, while there is still something to keep."""
    both = (of_phone.latest(session, caller.id, h, word.reference) for h in (True, False))
    asked = [i for i in both if i and i.erasure_asked_at and i.erasure_asked_at <= at]
    if asked:
        item = max(asked, key=lambda one: one.erasure_asked_at or one.received_at)
        removals.take_back(session, item)
