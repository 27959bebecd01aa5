"""What the queues are called, which of them give out work, and how old an item is. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hours import Hours
from store.needs import Need

TITLES: Mapping[Need, str] = {
    Need.URGENT: "Urgent",
    Need.CODE: "Hear and code",
    Need.ADVICE: "Advice wanted",
    Need.PRAISE: "Praise to pass on",
    Need.ACT: "To act on",
    Need.WAITING: "Waiting",
    Need.FINISHED: "Finished",
}
ABOUT: Mapping[Need, str] = {
    Need.URGENT: "A life, or abuse: until the safeguarding lead has closed it.",
    Need.CODE: "Not yet heard, read and coded by a person.",
    Need.ADVICE: "They asked for advice or for a call back.",
    Need.PRAISE: "Good words about a service that has not had them yet.",
    Need.ACT: "Checked and coded: pass it on, wait for an answer, or finish it.",
    Need.WAITING: "We asked somebody and wait for the answer.",
    Need.FINISHED: "Done, the newest first.",
}
EMPTY: Mapping[Need, str] = {
    Need.URGENT: "Nothing urgent. What cannot wait will stand here first.",
    Need.CODE: "Nothing new. Everything that came in has been heard, read and coded.",
    Need.ADVICE: "Nobody is waiting for advice.",
    Need.PRAISE: "All praise has been passed on.",
    Need.ACT: "Nothing is left to act on.",
    Need.WAITING: "Nothing is waiting for an answer.",
    Need.FINISHED: "Nothing is finished yet. It will stand here once it is.",
}
# In this order “take next” looks for work: a life first, then whoever waits for a first look.
GIVEN_OUT = (Need.URGENT, Need.CODE, Need.ADVICE, Need.ACT)
OLD = timedelta(days=30)  # older than this, working hours say no more than the date does


def asked(name: str, status: str) -> Need:
    """The queue that an address names; `status` as in bookmarks from before there were needs."""
    known = {need.value: need for need in Need}
    return known.get(name) or known.get(status) or Need.CODE


def age(hours: Hours, since: datetime, now: datetime) -> str | None:
    """How long somebody has waited while we were open; None when that is too long to count."""
    if now - since > OLD or not hours.week:
        return None
    worked = hours.between(since, now)
    for size, unit in (
        (hours.longest_day(), "day"),
        (timedelta(hours=1), "hour"),
        (timedelta(minutes=1), "minute"),
    ):
        if worked >= size:
            number = worked // size
            return f"{number} working {unit}{'' if number == 1 else 's'} ago"
    return "just now" if hours.open_at(since) else "while we were closed"
