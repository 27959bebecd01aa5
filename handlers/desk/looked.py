"""Every look at what callers trusted us with is written down; the lead reads who looked at what."""

import logging
import re
from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

from flask import render_template, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from handlers.desk.form import cleaned, read_day
from handlers.desk.guard import bp, me
from handlers.desk.private import redacts
from handlers.desk.words import signs
from handlers.house import house
from hours import LONDON
from store import accounts, looks
from store.access_rows import Kept
from store.models import Feedback

log = logging.getLogger(__name__)

PAGE = 50
KINDS = {
    Kept.ITEM: "Opened the item",
    Kept.AUDIO: "Listened",
    Kept.NUMBER: "Saw the number",
    Kept.SUBJECT: "Took one person’s data",
    Kept.EXPORT: "Took an export",
    Kept.STAFF: "Changed an account",
}


def keep_look(items: Collection[int], kind: Kept, what: str = "") -> None:
    """Write down that whoever asks looked at items or their audio. It never keeps them from it."""
    try:
        with house().database.writing() as rows:
            looks.keep_once(rows, me().name, kind, datetime.now(UTC), items, what)
    except SQLAlchemyError as why:
        # Words of danger are read all the same; the log says that the look is missing.
        log.error("a look by colleague %s could not be kept: %s", me().id, type(why).__name__)


def keep_opened(*items: Feedback) -> None:
    """Write down that these items' own words were shown; a reader sees none of them."""
    if not redacts():
        keep_look([item.id for item in items], Kept.ITEM)


def keep_taken(what: str, kind: Kept = Kept.EXPORT, item: int | None = None, why: str = "") -> None:
    """Write down that something is taken out of the desk; unwritten, it is not taken."""
    with house().database.writing() as rows:
        now = datetime.now(UTC)
        looks.keep(rows, me().name, kind, now, feedback_id=item, what=what[:200], why=why)


@bp.get("/looks")
def looked() -> str:
    """A page of looks, the latest first."""
    asked = read()
    before = request.args.get("before", "")
    with house().database.reading() as rows:
        mark = int(before) if re.fullmatch("[0-9]{1,18}", before) else None
        found = looks.page(rows, asked, PAGE + 1, mark)
        names = [one.name for one in accounts.everybody(rows)]
    return render_template(
        "desk/looks.html",
        rows=found[:PAGE],
        kinds=KINDS,
        names=names,
        args=request.args,
        older=older(found[PAGE - 1][0].id) if len(found) > PAGE else None,
    )


def read() -> looks.Asked:
    """The address's query; what it cannot mean narrows nothing."""
    args = request.args
    since, until = (read_day(args.get(name, "")) for name in ("since", "until"))
    return looks.Asked(
        cleaned(args.get("by", ""))[:80],
        args.get("kind", "") if args.get("kind", "") in set(Kept) else "",
        signs(cleaned(args.get("reference", ""))[:20]),
        datetime.combine(since, time(), LONDON) if since else None,
        datetime.combine(until, time(), LONDON) + timedelta(days=1) if until else None,
    )


def older(than: int) -> str:
    """The address of the page after this one, with the same filters."""
    return f"{url_for('desk.looked')}?{urlencode({**request.args.to_dict(), 'before': than})}"
