"""Where somebody is signed in, and ending it: a browser that they left open, or all of them."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from handlers.desk.guard import bp, me
from handlers.house import house
from store import sessions as rows


@bp.get("/sessions")
def sessions() -> str:
    """Every browser in which they are signed in."""
    with house().database.reading() as session:
        found = rows.of(session, me().id, datetime.now(UTC))
    return render_template("desk/sessions.html", sessions=found)


@bp.post("/sessions/<int(max=2147483647):number>/end")
def end_session(number: int) -> ResponseReturnValue:
    """End one of their own; of anybody else's nothing happens."""
    with house().database.writing() as session:
        rows.end(session, me().id, number)
    flash("Signed out there.")
    return redirect(url_for("desk.sessions"))


@bp.post("/sessions/end")
def end_sessions() -> ResponseReturnValue:
    """End all of their own but this one."""
    with house().database.writing() as session:
        rows.end(session, me().id, but=me().session.id)
    flash("You are signed out everywhere else.")
    return redirect(url_for("desk.sessions"))
