"""One item: what was said, its facts, notes, and where it moves next."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from handlers.desk.board import came_from, local
from handlers.desk.care import around, look
from handlers.desk.coded import form_of
from handlers.desk.doing import doings
from handlers.desk.form import typed
from handlers.desk.guard import bp, me
from handlers.desk.heard import takes_of, words_of
from handlers.desk.kept_until import kept_until
from handlers.desk.looked import keep_opened
from handlers.desk.moving import moved
from handlers.desk.newer import all_read, words_seen
from handlers.desk.trail import trail
from handlers.desk.words import STATUSES, day, hidden, reference, signs
from handlers.house import house
from store import desk, search
from store.staff import Note
from triage import moves

LONGEST_NOTE = 5000
TWICE = timedelta(minutes=2)  # the same note of the same colleague within it is a double click
Errors = list[tuple[str, str]]


@bp.get("/feedback/<given>")
def item(given: str) -> str:
    """One item. 404 when there is none, or its person asked for it to be removed."""
    return page(given, {}, [])


@bp.post("/feedback/<given>/notes")
def note(given: str) -> ResponseReturnValue:
    """Add a note. 422 when it is empty or too long; what was typed stays in the form."""
    body = typed("body")
    if not body or len(body) > LONGEST_NOTE:
        wrong = (
            f"Keep a note to {LONGEST_NOTE:,} characters."
            if body
            else "Write the note first, then add it."
        )
        return page(given, request.form, [("body", wrong)]), 422
    now = datetime.now(UTC)
    with house().database.writing() as session:
        found = desk.locked(session, signs(given)) or abort(404)
        if not desk.noted(session, found.id, me().name, body, now - TWICE):
            session.add(Note(feedback_id=found.id, by=me().name, at=now, body=body))
            search.due(session, found.id)
    flash("Your note is added.")
    return back(given, "notes")


@bp.post("/feedback/<given>/moves")
def move(given: str) -> ResponseReturnValue:
    """Change the status. 409 when it was moved or grew meanwhile, 422 when it may not be."""
    reason = typed("reason")
    try:
        with house().database.writing() as session:
            found = desk.locked(session, signs(given)) or abort(404)
            all_read(found)
            seen, to = request.form.get("seen", ""), request.form.get("after", "")
            after = moved(session, found, seen, to, reason, datetime.now(UTC))
            until = found.waiting_until
    except moves.Stale as why:
        return page(given, request.form, [("after", str(why))], stale=True), 409
    except moves.Refused as why:
        field = "reason" if request.form.get("after") in STATUSES and not reason else "after"
        return page(given, request.form, [(field, str(why))]), 422
    again = f" It comes back by itself on {day(local(until))}." if until else ""
    flash(f"Moved to {STATUSES[after]}.{again}")
    return back(given, "moves")


def page(given: str, typed: Mapping[str, str], errors: Errors, stale: bool = False) -> str:
    """The item's page, with what somebody typed and what was wrong with it."""
    with house().database.reading() as session:
        found, alert, doubt = desk.opened(session, signs(given)) or abort(404)
        done = doings(session, found, me(), doubt)
        about = around(session, found, me(), doubt)
        takes = takes_of(session, found)
        kept = kept_until(session, found) if me().works else None
        form = form_of(session, found, words_of(found, takes) if me().works else "", typed)
    shown = request.args.get("show") == "1"
    if shown or not hidden(found):
        keep_opened(found)
        look(found, me(), datetime.now(UTC), alert)
    return render_template(
        "desk/item.html",
        item=found,
        queue=came_from(),
        doing=done,
        notes=done.of("note"),
        moves=done.of("move"),
        trail=trail(found, done.events, about, takes, form.saves) if me().works else (),
        typed=typed,
        errors=errors,
        stale=stale,
        words_seen=words_seen(found, typed, errors),
        shown=shown,
        care=about,
        doubt=doubt,
        takes=takes,
        kept=kept,
        coding=form,
        choices=moves.choices(found.status, found.tier, me().role),
        longest_note=LONGEST_NOTE,
        longest_reason=moves.LONGEST_REASON,
    )


def back(given: str, part: str) -> ResponseReturnValue:
    """To the item again, still open if its warning had been passed."""
    return redirect(
        url_for(
            "desk.item", given=reference(signs(given)), _anchor=part, show=request.args.get("show")
        )
    )
