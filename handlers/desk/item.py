"""One item: what was said, its facts, notes, and where it moves next."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from handlers.desk.guard import bp, me
from handlers.desk.words import STATUSES, reference, signs
from handlers.house import house
from store import desk
from store.staff import Note
from triage import moves

LONGEST_NOTE = 5000
Errors = list[tuple[str, str]]


@bp.get("/feedback/<given>")
def item(given: str) -> str:
    """One item. 404 when there is none, or its person asked for it to be removed."""
    return page(given, {}, [])


@bp.post("/feedback/<given>/notes")
def note(given: str) -> ResponseReturnValue:
    """Add a note. 422 when it is empty or too long; what was typed stays in the form."""
    body = request.form.get("body", "").replace("\x00", "").strip()
    if not body or len(body) > LONGEST_NOTE:
        wrong = (
            f"Keep a note to {LONGEST_NOTE:,} characters."
            if body
            else "Write the note first, then add it."
        )
        return page(given, request.form, [("body", wrong)]), 422
    with house().database.writing() as session:
        found = desk.locked(session, signs(given)) or abort(404)
        session.add(Note(feedback_id=found.id, by=me().name, at=datetime.now(UTC), body=body))
    flash("Your note is added.")
    return back(given, "notes")


@bp.post("/feedback/<given>/moves")
def move(given: str) -> ResponseReturnValue:
    """Change the status. 409 when somebody else moved it meanwhile, 422 when it may not be."""
    reason = request.form.get("reason", "").replace("\x00", "").strip()
    try:
        with house().database.writing() as session:
            found = desk.locked(session, signs(given)) or abort(404)
            after = moves.check(
                found.status,
                request.form.get("seen", ""),
                request.form.get("after", ""),
                reason,
                tier=found.tier,
                role=me().role,
            )
            desk.move(session, found, after, me().name, reason, datetime.now(UTC))
    except moves.Stale as why:
        return page(given, request.form, [("after", str(why))], stale=True), 409
    except moves.Refused as why:
        field = "reason" if request.form.get("after") in STATUSES and not reason else "after"
        return page(given, request.form, [(field, str(why))]), 422
    flash(f"Moved to {STATUSES[after]}.")
    return back(given, "moves")


def page(given: str, typed: Mapping[str, str], errors: Errors, stale: bool = False) -> str:
    """The item's page, with what somebody typed and what was wrong with it."""
    with house().database.reading() as session:
        found = desk.item(session, signs(given)) or abort(404)
        related = desk.related(session, found)
        notes, moved = desk.notes(session, found), desk.moves(session, found)
    return render_template(
        "desk/item.html",
        item=found,
        related=related,
        notes=notes,
        moves=moved,
        typed=typed,
        errors=errors,
        stale=stale,
        shown=request.args.get("show") == "1",
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
