"""The queue: one status at a time, most pressing first, a page at a time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import render_template, request

from handlers.desk.guard import bp
from handlers.desk.words import CHANNELS, STATUSES, TIERS
from handlers.house import house
from store import desk, feedback
from store.models import Channel, Feedback, Status

PAGE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
After = tuple[int, datetime, int]


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What it cannot mean is left out: an old bookmark still opens."""

    status: Status
    filters: Mapping[str, str]
    after: After | None

    @property
    def title(self) -> str:
        return STATUSES[self.status]


@bp.get("/")
def board() -> str:
    """One page of the queue."""
    listed = choices()
    asked = read(request.args, listed)
    channel = asked.filters.get("channel")
    wanted = feedback.queue(
        asked.status,
        tier=asked.filters.get("tier"),
        service=asked.filters.get("service"),
        channel=Channel(channel) if channel else None,
        after=asked.after,
    )
    with house().database.reading() as session:
        counts = desk.counts(session)
        found = desk.page(session, wanted, PAGE + 1)
    rows = found[:PAGE]
    return render_template(
        "desk/queue.html",
        asked=asked,
        choices=listed,
        counts=counts,
        most=desk.COUNTED,
        rows=rows,
        after=mark(rows[-1]) if len(found) > PAGE else None,
    )


def choices() -> Mapping[str, Mapping[str, str]]:
    """What can be filtered by: the values of each, and how they read."""
    script = house().door.script
    asked = script.question(script.line.languages[0], "service").options
    return {
        "tier": TIERS,
        "channel": {c.value: words for c, words in CHANNELS.items()},
        "service": {key: asked[key].said for key in script.order("service")},
    }


def read(args: Mapping[str, str], listed: Mapping[str, Mapping[str, str]]) -> Asked:
    """The address's query -> what to show."""
    status = args.get("status", "")
    filters = {name: args[name] for name, values in listed.items() if args.get(name) in values}
    return Asked(
        Status(status) if status in STATUSES else Status.NEW, filters, place(args.get("after", ""))
    )


def mark(item: Feedback) -> str:
    """Where the next page starts, so that items which come meanwhile shift nothing."""
    return f"{item.rank}-{(item.received_at - EPOCH) // timedelta(microseconds=1)}-{item.id}"


def place(given: str) -> After | None:
    """The mark of a page, read back; None for anything else."""
    found = re.fullmatch(r"(\d{1,3})-(\d{1,17})-(\d{1,18})", given)
    if found is None:
        return None
    return int(found[1]), EPOCH + timedelta(microseconds=int(found[2])), int(found[3])
