"""What cannot wait, on an item: its tier is raised, and the rota is called for it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from store import alerts, feedback
from store.known import decided, looked
from store.models import Feedback, Status
from tiers import OTHER_LANGUAGE, URGENT, higher, rank


def flag(
    item: Feedback, tier: str | None, reasons: list[str], at: datetime, other_script: bool = False
) -> None:
    """Raise the item's tier, known at this moment; nothing here ever lowers it."""
    before, item.tier = item.tier, higher(item.tier, tier)
    # Due times run from when the line knew: whoever cries again while nobody has come must not be
    # "due in an hour" once more.
    if tier and item.tier == tier and (tier != before or _dealt_with(item)):
        item.tier_at = at
    if item.tier in URGENT:  # its words may land after its DELETE
        item.hidden_at = item.erase_at = None
    item.tier_reasons = [*item.tier_reasons, *(r for r in reasons if r not in item.tier_reasons)]
    first = other_script or OTHER_LANGUAGE in reasons or item.rank % 10 == 0
    item.rank = rank(item.tier, first)


def _dealt_with(item: Feedback) -> bool:
    """Whether somebody has done what was promised for the words before, so that new ones count."""
    return item.status is Status.FINISHED or looked(item) or decided(item)


def over(item: Feedback) -> bool:
    """Whether thanks leave an item where it is. After words of danger even a 😢 is to be read."""
    return item.status is Status.FINISHED and item.tier not in URGENT


def news_to(item: Feedback) -> str | None:
    """The tier that whoever deals with an item knows of: none, where they think that it is over."""
    return None if item.status is Status.FINISHED else item.tier


def summon(
    session: Session, item: Feedback, tier: str | None, before: str | None, at: datetime
) -> None:
    """Call the rota for words that cannot wait: R1 whenever they come, R2 when they are news.

    `before`: the tier that was known (`news_to`). Whoever has an item for its words of crisis was
    told nothing of abuse; while nobody has those, whoever takes them reads both.
    """
    if tier == "R1" or (tier == "R2" and _first_abuse(alerts.calls(session, item), before)):
        alerts.open_for(session, item, alerts.Why(tier), at)


def _first_abuse(calls: Sequence[tuple[alerts.Why, bool]], before: str | None) -> bool:
    if (alerts.Why.R1, False) in calls:
        return False
    return before not in URGENT or alerts.Why.R2 not in [why for why, _ in calls]


def unanswered(session: Session, text_sid: str, at: datetime) -> None:
    """The reply that named help did not arrive: somebody on the rota is told instead."""
    item = feedback.of_text(session, text_sid)
    if item:
        alerts.open_for(session, item, alerts.Why.UNANSWERED, at)
