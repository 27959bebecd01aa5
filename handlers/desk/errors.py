"""Kind pages for what goes wrong. They ask nothing of the database: it may be what is wrong."""

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

WEBHOOKS = ("sms", "voice")
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
        "For safety, wait a minute before you try to sign in again. "
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
    answer = make_response(render_template("desk/error.html", title=title, advice=advice), code)
    if code == 429:
        answer.headers["Retry-After"] = "60"
    return answer


def old_form(_: Exception) -> Response:
    """A form that can no longer be taken. What somebody wrote in it is given back to them."""
    title, advice = OLD_FORM
    kept = [request.form[name] for name in ("body", "reason") if request.form.get(name)]
    return make_response(
        render_template("desk/error.html", title=title, advice=advice, kept=kept), 400
    )
