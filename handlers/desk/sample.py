"""The week's sample of items without a flag: read by people, so that missed flags are found."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from handlers.desk.guard import bp, me
from handlers.desk.looked import keep_opened
from handlers.desk.words import hidden, signs
from handlers.house import house
from store import desk, samples
from triage import periods


@bp.get("/sample")
def sample() -> str:
    """The sample of the week that is over, drawn when somebody first opens it."""
    now = datetime.now(UTC)
    week, (since, until) = periods.last_week(now)
    with house().database.writing() as session:
        samples.draw(session, week, since, until, now)
    with house().database.reading() as session:
        drawn = samples.of_week(session, week)
    keep_opened(*(item for _, item in drawn if not hidden(item)))
    return render_template(
        "desk/sample.html",
        week=week,
        since=since,
        drawn=drawn,
        counts=[one for one, item in drawn if samples.counts(one, item)],
    )


@bp.post("/sample/<given>")
def rightly_none(given: str) -> ResponseReturnValue:
    """Somebody read an item of the sample, and it needs no flag."""
    with house().database.writing() as session:
        found = desk.locked(session, signs(given)) or abort(404)
        marked = samples.rightly_none(session, found, me().name, datetime.now(UTC))
        flagged = found.tier is not None
    no = "It has a flag by now." if flagged else "Somebody has marked that one already."
    flash("Noted: rightly no flag." if marked else no)
    return redirect(url_for("desk.sample"))
