"""Passing an item on to the provider: a copy that a person has cleaned, and a record of it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.care import look
from handlers.desk.form import form_key, new_key, read_moment, typed
from handlers.desk.guard import bp, me
from handlers.desk.heard import takes_of, words_of
from handlers.desk.item import Errors
from handlers.desk.looked import keep_opened
from handlers.desk.words import hidden, reference, signs
from handlers.house import house
from hours import LONDON
from store import desk, doing
from store.doing_rows import Did
from store.history import history
from store.models import Feedback
from triage import passing, redaction
from triage.moves import Wrong

PASSED = (Did.COPY, Did.PRAISE)


@bp.get("/feedback/<given>/copy")
def copy(given: str) -> str:
    """The copy before it goes: its words to clean, and to whom it goes."""
    return _page(given, {}, [])


@bp.post("/feedback/<given>/copy")
def pass_on(given: str) -> ResponseReturnValue:
    """Keep what was passed on, to whom and how. 422 when something is missing."""
    key, now = form_key(), datetime.now(UTC)
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            number = _kept(session, item, key, now)
    except Wrong as why:
        return _page(given, request.form, [(why.field, str(why))]), 422
    if number is None:
        flash("That copy is in the record already.")
        return redirect(url_for("desk.copy", given=reference(signs(given))))
    flash("It stands in the record. This is what was passed on.")
    return redirect(url_for("desk.copied", given=reference(signs(given)), number=number))


@bp.get("/feedback/<given>/copy/<int(max=2147483647):number>")
def copied(given: str, number: int) -> str:
    """One copy as it was passed on, to print or to take into a letter."""
    with house().database.reading() as session:
        item = desk.shown(session, signs(given)) or abort(404)
        deed = doing.deed(session, item, number)
    if deed is None or deed.did not in PASSED or passing.barred(item, me().role):
        abort(404)
    return render_template("desk/copied.html", item=item, deed=deed)


def _kept(session: Session, item: Feedback, key: str, now: datetime) -> int | None:
    to, way, words, at = typed("to"), typed("way"), typed("copy"), read_moment(typed("done_at"))
    passing.check(
        item,
        me().role,
        to=to,
        way=way,
        at=at,
        now=now,
        words=words,
        clean=typed("clean") == "1",
    )
    number = doing.do(
        session, item, Did.COPY, me().name, now, key=key, to=to, way=way, words=words, then=at
    )
    if number:
        item.passed_on_at = now
    return number


def _page(given: str, filled: Mapping[str, str], errors: Errors) -> str:
    with house().database.reading() as session:
        item = desk.item(session, signs(given)) or abort(404)
        words = redaction.redact(house().redaction, words_of(item, takes_of(session, item)))
        before = [e for e in history(session, item) if e.what in PASSED]
    barred = passing.barred(item, me().role)
    shown = not hidden(item) or request.args.get("show") == "1" or "copy" in filled
    if hidden(item) and shown and not barred:
        keep_opened(item)
        look(item, me(), datetime.now(UTC))
    return render_template(
        "desk/copy.html",
        item=item,
        shown=shown,
        words=words,
        before=before,
        barred=barred,
        typed=filled,
        errors=errors,
        key=new_key(),
        now=f"{datetime.now(LONDON):%Y-%m-%dT%H:%M}",
        ways=passing.WAYS,
        longest=passing.LONGEST_COPY,
    )
