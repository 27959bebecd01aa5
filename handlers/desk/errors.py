"""Kind pages for what goes wrong. They ask nothing of the database: it may be what is wrong."""

import math

from flask import Flask, Response, current_app, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from handlers.desk.form import written
from handlers.desk.words import reference, signs
from handlers.signature import WEBHOOKS

# Forms of a page below an item's own, which their address does not tell.
ON_RINGING = ("desk.number", "desk.called")
PAGES = {
    403: (
        "You cannot open this page",
        "Your account does not allow it. If your work needs it, "
        "ask whoever looks after staff accounts.",
    ),
    404: (
        "There is nothing here",
        "Check the address or the reference. The person may also have "
        "asked for what they told us to be removed.",
    ),
    410: (
        "This recording cannot be opened",
        "Its audio is no longer here, or was changed. Its words, if any, are on the item's page.",
    ),
    413: ("That is too much at once", "Go back, and send less text in one go."),
    429: (
        "Too many tries",
        "For safety, wait {wait} before you try again. "
        "Forgotten your password? Ask whoever looks after staff accounts for a new one.",
    ),
    503: (
        "The recordings are out of reach just now",
        "Nothing is lost. Wait a minute, then try again.",
    ),
    500: (
        "Something went wrong on our side",
        "What callers and texters send is kept. "
        "Wait a minute, then try again. If it happens again, tell whoever runs this line.",
    ),
}
OLD_FORM = (
    "That form had been open too long",
    "You were signed out meanwhile, or signed in again in another tab. Nothing was changed.",
)


def kind_pages(app: Flask) -> None:
    """Register them. A webhook gets the bare status instead: no person reads its answer."""
    for code in PAGES:
        app.register_error_handler(code, told)
    app.register_error_handler(CSRFError, old_form)


def told(why: Exception) -> Response:
    """The page of an error."""
    code = (why.code if isinstance(why, HTTPException) else None) or 500
    if request.blueprint in WEBHOOKS:
        return Response(status=code)
    title, advice = PAGES[code]
    seconds = int(getattr(why, "retry_after", None) or 60)
    wait = "a minute" if seconds <= 60 else f"{math.ceil(seconds / 60)} minutes"
    page = render_template("desk/error.html", title=title, advice=advice.format(wait=wait))
    answer = make_response(page, code)
    if code == 429:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def old_form(_: Exception) -> Response:
    """A form that can no longer be taken. What somebody wrote in it is given back to them."""
    return _old_form(written())


def given_back() -> Response | None:
    """The same for somebody whose session ended meanwhile; None when they had written nothing."""
    kept = written()
    return _old_form(kept) if kept else None


def sent_from() -> str | None:
    """The page that the form stood on, after signing in too; None when its address says of none.

    What they chose comes back there: see drafts.js.
    """
    pages = current_app.create_url_adapter(request)
    if pages and pages.test(request.path, "GET"):
        return request.full_path.rstrip("?")
    given = _item()
    page = "desk.ring" if request.endpoint in ON_RINGING else "desk.item"
    return url_for(page, given=given, show=request.args.get("show")) if given else None


def _item() -> str | None:
    given = (request.view_args or {}).get("given")
    return reference(signs(given)) if given else None


def _old_form(kept: list[str]) -> Response:
    title, advice = OLD_FORM
    page = render_template(
        "desk/error.html",
        title=title,
        advice=advice,
        kept=kept,
        back=sent_from(),
        item=_item(),
    )
    return make_response(page, 400)
