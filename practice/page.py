"""The web app of the practice phone: Twilio's API, the controls and the page."""

from flask import Flask, Response, render_template

from practice.control import control
from practice.numbers_rest import rest_numbers, rest_services
from practice.phone import Phone
from practice.rest_acts import rest_acts
from practice.rest_lists import rest_lists
from practice.web import hang, the_phone


def build(phone: Phone) -> Flask:
    """Return the app that serves this phone; it answers to this machine's own names only."""
    app = Flask(__name__)
    hang(app, phone)
    for part in (control, rest_acts, rest_lists, rest_numbers, rest_services):
        app.register_blueprint(part)
    app.add_url_rule("/", view_func=show)
    app.add_url_rule("/healthz", view_func=healthz)
    return app


def show() -> str:
    """Show the page."""
    phone = the_phone()
    return render_template("phone.html", number=phone.number, desk=phone.line.public_url)


def healthz() -> Response:
    """Answer 200 while the process lives."""
    return Response("ok", mimetype="text/plain")
