"""Who has an item to do, and until when it waits."""

from datetime import UTC, date, datetime, time, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.form import read_day, typed
from handlers.desk.guard import bp, me
from handlers.desk.item import back, page
from handlers.desk.may import LEADS, WORKS
from handlers.desk.moving import hand, moved
from handlers.desk.newer import all_read
from handlers.desk.words import day, reference, signs
from handlers.house import house
from hours import LONDON
from store import desk, doing
from store.doing_rows import Did
from store.models import Feedback, Status
from triage import moves

LONGEST_WAIT = timedelta(days=366)


@bp.get("/feedback/<given>/assign")
def colleagues(given: str) -> str:
    """Colleagues to give an item to, each with how much they have; first those who may decide."""
    with house().database.reading() as session:
        item = desk.shown(session, signs(given)) or abort(404)
        names = doing.colleagues(session, WORKS)
        leads = {name for name, _ in doing.colleagues(session, LEADS)}
    names = sorted(names, key=lambda one: one[0] not in leads)
    return render_template("desk/assign.html", item=item, names=names, leads=leads)


@bp.post("/feedback/<given>/assign")
def assign(given: str) -> ResponseReturnValue:
    """Give an item to a colleague, or to nobody. 409 when it changed hands meanwhile."""
    to = typed("to")
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            _unchanged(session, item)
            if to and to not in {name for name, _ in doing.colleagues(session, WORKS)}:
                raise moves.Refused("Choose a colleague who works on feedback.")
            hand(session, item, to, datetime.now(UTC))
    except moves.Refused as why:
        status = 409 if isinstance(why, moves.Stale) else 422
        return page(given, {}, [("doing", str(why))]), status
    flash(f"It is with {'you' if to == me().name else to} now." if to else "It is with nobody now.")
    if typed("then") == "ring":
        return redirect(url_for("desk.ring", given=reference(signs(given))))
    return back(given, "doing")


def _unchanged(session: Session, item: Feedback) -> None:
    """Raises Stale when somebody else gave the item to another than the page showed."""
    now = item.assigned_to or ""
    if now == request.form.get("seen", ""):
        return
    last = doing.last(session, item, Did.ASSIGNED)
    if last is None or (last.by, last.to) != (me().name, now):
        raise moves.Stale(f"It is with {now or 'nobody'} by now. Choose again.")


@bp.post("/feedback/<given>/wait")
def wait(given: str) -> ResponseReturnValue:
    """Let an item wait until a day; then it comes back by itself. 409 and 422 as for a move."""
    until, why = read_day(typed("until")), typed("wait_reason")
    today = datetime.now(LONDON).date()
    if until is None or not today < until <= today + LONGEST_WAIT:
        return page(given, request.form, [("until", "Choose a day to come, within a year.")]), 422
    if not why:
        return page(given, request.form, [("wait_reason", "Write what it waits for.")]), 422
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            all_read(item)
            _waits(session, item, until, why)
    except moves.Stale as stale:
        return page(given, request.form, [("until", str(stale))]), 409
    except moves.Refused as refused:
        return page(given, request.form, [("wait_reason", str(refused))]), 422
    flash(f"It waits until {day(until)}. Then it comes back by itself.")
    return back(given, "doing")


def _waits(session: Session, item: Feedback, until: date, why: str) -> None:
    now, seen = datetime.now(UTC), request.form.get("seen", "")
    if item.status is not Status.WAITING or seen != item.status:
        moved(session, item, seen, Status.WAITING, why, now)
    elif len(why) > moves.LONGEST_REASON:
        raise moves.Refused(f"Keep the reason to {moves.LONGEST_REASON} characters.")
    item.waiting_until = datetime.combine(until, time(), LONDON).astimezone(UTC)
    doing.do(session, item, Did.WAITS, me().name, now, then=item.waiting_until, words=why)
