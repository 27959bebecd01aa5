"""Items that belong together, or do not: linked and kept apart by hand, never merged."""

from datetime import UTC, datetime

from flask import abort, flash
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.form import typed
from handlers.desk.guard import bp, me
from handlers.desk.item import back, page
from handlers.desk.words import signs
from handlers.house import house
from store import desk, doing, joins
from store.doing_rows import Did
from store.models import Feedback
from triage.moves import LONGEST_REASON, Wrong


@bp.post("/feedback/<given>/join")
def join(given: str) -> ResponseReturnValue:
    """Say that another item belongs to this one, or that it is another person's, and why."""
    apart, other = typed("say") == "apart", typed("with")
    try:
        with house().database.writing() as session:
            _say(session, signs(given), signs(other), apart)
    except Wrong as why:
        return page(given, {"with": other, "join_reason": typed("join_reason")},
                    [(why.field, str(why))]), 422  # fmt: skip
    flash("They are kept apart now." if apart else "They are linked now. Each stays as it is.")
    return back(given, "related")


def _say(session: Session, here: str, there: str, apart: bool) -> None:
    found = {mark: desk.locked(session, mark) for mark in sorted({here, there}) if mark}
    one, other, why = found[here] or abort(404), found.get(there), typed("join_reason")
    if other is None or other is one:
        raise Wrong("with", "Write the reference of another item, like K7RW-3X2.")
    if not why or len(why) > LONGEST_REASON:
        raise Wrong("join_reason", f"Write why, in {LONGEST_REASON} characters or fewer.")
    if joins.say(session, one, other, apart):
        _link(one, other, apart)
        at, did = datetime.now(UTC), Did.APART if apart else Did.LINKED
        for mine, theirs in ((one, other), (other, one)):
            doing.do(session, mine, did, me().name, at, words=why, other=theirs.id)


def _link(one: Feedback, other: Feedback, apart: bool) -> None:
    """Linked reports on one service raise each other's tier; another person's do not."""
    first, later = sorted((one, other), key=lambda item: item.id)
    if apart and later.linked_to == first.id:
        later.linked_to = None
    elif not apart and later.linked_to is None:
        later.linked_to = first.id
