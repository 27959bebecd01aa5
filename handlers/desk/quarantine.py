"""What came rightly signed and made no sense: when, why, and its trace in the logs. No content."""

import re
from datetime import datetime, timedelta

from flask import g, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from handlers.desk.filters import EPOCH
from handlers.desk.guard import bp
from handlers.desk.may import MAY
from handlers.house import house
from store import watch
from store.arrival_rows import Ledger
from store.logs import trace_id

PAGE = 50
KINDS = {
    "text": "A text",
    "call": "A step of a call",
    "recording": "Word of a recording",
    "ended": "Word that a call ended",
    "delivery": "Word of a text's delivery",
}


@bp.get("/quarantine")
def quarantine() -> str:
    """A page of it, newest first."""
    after = place(request.args.get("after", ""))
    with house().database.reading() as session:
        found = watch.quarantine(session, after, PAGE + 1)
    rows = found[:PAGE]
    return render_template(
        "desk/quarantine.html",
        rows=rows,
        kinds=KINDS,
        trace=trace_id,
        first=after is None,
        after=mark(rows[-1]) if len(found) > PAGE else None,
    )


def count() -> int:
    """How many there are, for whoever may look at them; the header of every page asks."""
    me = g.get("me")
    if me is None or me.role not in MAY["desk.quarantine"]:
        return 0
    try:
        with house().database.reading() as session:
            return watch.quarantined(session)
    except SQLAlchemyError:
        return 0  # the page that says so has this header too


def mark(row: Ledger) -> str:
    """Where the next page starts."""
    return f"{(row.received_at - EPOCH) // timedelta(microseconds=1)}-{row.id}"


def place(given: str) -> tuple[datetime, int] | None:
    """The mark of a page, read back; None for anything else."""
    found = re.fullmatch(r"(\d{1,17})-(\d{1,18})", given)
    return (EPOCH + timedelta(microseconds=int(found[1])), int(found[2])) if found else None
