"""What became of an item in the end, and what the service did about it."""

from datetime import UTC, datetime, time

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.form import read_day, typed
from handlers.desk.guard import bp, me
from handlers.desk.item import back, page
from handlers.desk.moving import moved
from handlers.desk.newer import all_read
from handlers.desk.words import signs
from handlers.house import house
from hours import LONDON
from store import desk, doing
from store.doing_rows import Did
from store.models import Feedback, Status
from triage import moves, outcomes
from triage.moves import Wrong


@bp.post("/feedback/<given>/outcome")
def outcome(given: str) -> ResponseReturnValue:
    """Keep what became of it; with `do` finish it too. 409 and 422 as for a move."""
    told = outcomes.Given(typed("outcome"), typed("did"), typed("stage"), read_day(typed("did_on")))
    try:
        outcomes.check(told, datetime.now(LONDON).date())
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            all_read(item)
            _unseen(session, item)
            _keep(session, item, told)
            if request.form.get("do") == "finish":
                _finish(session, item, told)
    except Wrong as why:
        return page(given, request.form, [(why.field, str(why))]), 422
    except moves.Refused as why:
        status = 409 if isinstance(why, moves.Stale) else 422
        return page(given, request.form, [("outcome", str(why))]), status
    flash(f"Kept: {outcomes.OUTCOMES[told.outcome]}.")
    return back(given, "doing")


def _unseen(session: Session, item: Feedback) -> None:
    """Raises Stale when a colleague kept an outcome while the form was open: the later of two would
    hide it. A form without the mark comes from a page of a former version.
    """
    last = doing.last(session, item, Did.OUTCOME)
    seen = str(last.id) if last else ""
    if last and last.by != me().name and request.form.get("outcome_seen", seen) != seen:
        raise moves.Stale(
            f"{last.by} kept an outcome while you had it open. Read that first, "
            "then keep yours if it is still right."
        )


def _keep(session: Session, item: Feedback, told: outcomes.Given) -> None:
    changed = told.outcome == "changed"
    item.outcome = told.outcome
    doing.do(
        session,
        item,
        Did.OUTCOME,
        me().name,
        datetime.now(UTC),
        to=told.outcome,
        words=told.words,
        way=told.stage if changed else "",
        then=datetime.combine(told.day, time(), LONDON) if changed and told.day else None,
    )


def _finish(session: Session, item: Feedback, told: outcomes.Given) -> None:
    seen, reason = request.form.get("seen", ""), f"{outcomes.OUTCOMES[told.outcome]}."
    moved(session, item, seen, Status.FINISHED, reason, datetime.now(UTC))
