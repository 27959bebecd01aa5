"""Saved views: a queue with its filters under a name, each colleague's own."""

from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from handlers.desk.filters import Asked, choices, read
from handlers.desk.form import on_one_line
from handlers.desk.guard import bp, me
from handlers.house import house
from store import views

LONGEST_QUERY = 1000


@bp.post("/views")
def keep() -> ResponseReturnValue:
    """Save the queue that is open under a name; one of the same name is replaced."""
    asked = _asked()
    name = on_one_line(request.form.get("name", ""))[: views.LONGEST]
    if not name:
        flash("Give the view a name first, then save it.")
        return redirect(asked.address)
    with house().database.writing() as session:
        kept = views.keep(session, me().name, name, urlencode(asked.query)[:LONGEST_QUERY])
    flash(
        f"Saved as “{name}”. You find it above your queues."
        if kept
        else f"You have {views.MOST} views. Remove one first."
    )
    return redirect(asked.address)


@bp.post("/views/<int(max=2147483647):number>/drop")
def drop(number: int) -> ResponseReturnValue:
    """Remove one of somebody's own views."""
    with house().database.writing() as session:
        views.drop(session, me().name, number)
    flash("The view is removed.")
    return redirect(url_for("desk.board"))


def _asked() -> Asked:
    """The form's query, read like an address: only what means something is kept."""
    return read(dict(parse_qsl(request.form.get("query", ""))), choices())
