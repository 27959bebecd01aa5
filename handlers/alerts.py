"""The page of an alert's link: a button that says "I have it". It shows nothing of the item.

Mail scanners follow links, so only the button acknowledges; the token is all that the page asks.
"""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from handlers.house import house
from store import alerts
from store.alert_replies import Told, by_token

bp = Blueprint("alerts", __name__)


@bp.get("/alerts/<token>")
def alert(token: str) -> str:
    """What the alert is about, in a word, and whether somebody has it. 404 for no such link."""
    with house().database.reading() as session:
        found = by_token(session, token) or abort(404)
    return _page(found)


@bp.post("/alerts/<token>")
def have(token: str) -> ResponseReturnValue:
    """Whoever the message went to has it. Twice is once."""
    with house().database.writing() as session:
        told, message, _ = by_token(session, token) or abort(404)
        alerts.acknowledge(session, told, message.person, alerts.How.LINK, datetime.now(UTC))
    return redirect(url_for("alerts.alert", token=token))


def _page(found: Told) -> str:
    told, message, item = found
    return render_template(
        "alert.html",
        alert=told,
        mine=told.acknowledged_by == message.person,
        reference=item.reference if item else None,
    )
