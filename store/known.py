"""When an item's urgency was known as it is now, and what people have done since. Pure."""

from datetime import datetime

from store.models import Feedback


def known(item: Feedback) -> datetime:
    """When its urgency was known: an hour runs from the words of danger, not from the first."""
    return item.tier_at or item.received_at


def looked(item: Feedback) -> bool:
    """Whether somebody who works on feedback has opened its words as they are sorted now."""
    return item.looked_at is not None and item.looked_at >= known(item)


def decided(item: Feedback) -> bool:
    """Whether something was decided since its urgency was known as it is now."""
    return item.decided_at is not None and item.decided_at >= known(item)
