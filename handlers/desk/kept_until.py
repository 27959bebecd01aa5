"""What stands on an item about letting it go: until when it is kept, holds, wishes."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from handlers.house import house
from store import removals
from store.erasure_rows import Erasure, Hold
from store.models import Feedback
from triage.retention import Kind, Until, of_item

KINDS = {
    Kind.AUDIO_CHECKED: "Sound whose words were checked",
    Kind.AUDIO: "Other sound",
    Kind.CLOSED: "Words of finished items",
    Kind.WORDS: "Words of items that are not finished",
    Kind.SAFEGUARDING: "Safeguarding",
    Kind.COMPLAINT: "A complaint was signposted",
    Kind.NUMBER: "Numbers",
    Kind.NUMBER_AGREED: "Numbers where contact is agreed",
    Kind.LEDGER: "What webhooks brought",
    Kind.OUTGOING: "Texts that we sent",
    Kind.ALERTS: "Alerts to the rota",
    Kind.SET_ASIDE: "Arrivals that were set aside",
    Kind.LEAVERS: "Accounts of colleagues who left",
    Kind.LOOKS: "Who looked at what",
}


class KeptUntil(NamedTuple):
    """`until`: when its time is over; `hold`: what stops that now; `asked`: who wanted it gone."""

    until: Until
    hold: Hold | None
    holds: Sequence[Hold]
    asked: Erasure | None


def kept_until(session: Session, item: Feedback) -> KeptUntil:
    """For an item's page."""
    asked, every = removals.around(session, item)
    standing = next((hold for hold in every if hold.lifted_at is None), None)
    until = of_item(item, house().door.script.line.retention.periods)
    return KeptUntil(until, standing, every, asked)
