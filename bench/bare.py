"""The bare route to measure against: Flask, Twilio's signature check, one insert, one commit."""

import os
import sqlite3

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator


def create_app() -> Flask:
    """A web app that does the least a signed, kept webhook needs."""
    app = Flask(__name__)
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    path = os.environ["BARE_DATABASE"]
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE IF NOT EXISTS texts (sid TEXT UNIQUE, body TEXT)")

    @app.post("/<path:_>")
    def keep(_: str) -> Response:
        url = os.environ["PUBLIC_URL"] + request.environ["RAW_URI"]
        if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        with sqlite3.connect(path, timeout=5) as rows:
            rows.execute("PRAGMA synchronous=FULL")
            rows.execute(
                "INSERT OR IGNORE INTO texts VALUES (?, ?)",
                (
                    request.form.get("MessageSid") or request.form["CallSid"] + request.path,
                    request.form.get("Body", ""),
                ),
            )
        return Response("<Response/>", content_type="text/xml")

    return app
