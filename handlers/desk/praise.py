"""Praise passed on in bulk: sorted by place, cleaned, one record for all of it."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.bulk import keep, left_out
from handlers.desk.filters import choices, mark, read
from handlers.desk.form import form_key, new_key, typed
from handlers.desk.guard import bp, me
from handlers.desk.item import Errors
from handlers.desk.words import counted, reference, signs
from handlers.house import house
from store import board as queues
from store import bulk as rows
from store import desk, doing
from store.board import Wanted
from store.doing_rows import Bulk, Did
from store.models import Feedback, Status
from store.needs import Need
from store.needs import of as stands
from triage import bulk, moves, passing, praise, record, redaction
from triage.moves import Wrong

PAGE = 20  # with their words in the form, this stays below the size of a form that we take


@bp.get("/praise")
def thanks() -> str:
    """Praise that no service has had yet, by place."""
    return _page([])


@bp.post("/praise")
def pass_praise_on() -> ResponseReturnValue:
    """Keep that these were passed on, with the words that were. 422 when something is missing."""
    key, chosen = form_key(), [signs(one) for one in request.form.getlist("items")][:PAGE]
    try:
        if not chosen:
            raise Wrong("items", "Tick the praise that is passed on.")
        passing.told(typed("to"), typed("way"), typed("clean") == "1")
    except Wrong as why:
        return _page([(f"{why.field}-{typed('group')}", str(why))]), 422
    with house().database.writing() as session:
        row = rows.begin(session, key, me().name, datetime.now(UTC))
        said = _passed_on(session, row, chosen) if row else ["That is in the record already."]
    for words in said:
        flash(words)
    return redirect(url_for("desk.thanks"))


def _passed_on(session: Session, row: Bulk, chosen: list[str]) -> list[str]:
    skipped = []
    items = rows.chosen(session, chosen)
    waiting = stands(session, [item.id for item in items])
    for item in items:
        before, words = rows.state(item), typed(f"words-{reference(item.reference)}")
        try:
            if Need.PRAISE not in waiting[item.id]:
                raise moves.Refused("it is no praise that waits any more")
            if not words or len(words) > passing.LONGEST_PRAISE:
                raise moves.Refused(f"its words: 1 to {passing.LONGEST_PRAISE:,} characters")
            bulk.check(item, "praise", me().name, row.at)
        except moves.Refused as why:
            skipped.append((item.reference, str(why)))
            continue
        _one(session, item, words, row.at)
        keep(session, row, item, before)
    row.words = f"Praise passed on: {counted(len(row.items), 'item')}" if row.items else ""
    return [f"{row.words}." if row.words else "Nothing was passed on.", *left_out(skipped)]


def _one(session: Session, item: Feedback, words: str, at: datetime) -> None:
    item.passed_on_at = at
    to, way = typed("to"), typed("way")
    doing.do(session, item, Did.PRAISE, me().name, at, to=to, way=way, words=words, then=at)
    if passing.done(item):
        item.outcome = item.outcome or "passed_on"
        desk.move(session, item, Status.FINISHED, me().name, f"Praise passed on to {to}.", at)


def _page(errors: Errors) -> str:
    asked = read(request.args, choices())
    with house().database.reading() as session:
        page = queues.page(session, Wanted(Need.PRAISE), PAGE, asked.at, asked.back)
    rules = house().redaction
    words = {item.id: redaction.redact(rules, record.words(item)) for item in page.rows}
    return render_template(
        "desk/praise.html",
        groups=praise.grouped(page.rows),
        words=words,
        before=mark(page.before),
        after=mark(page.after),
        errors=errors,
        typed=request.form,
        ticked=request.form.getlist("items"),
        key=new_key(),
        ways=passing.WAYS,
        longest=passing.LONGEST_PRAISE,
    )
