"""The bare route to measure against: Flask, Twilio's signature check, one insert, one commit."""

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator

TABLE = "CREATE TABLE IF NOT EXISTS bare (sid TEXT UNIQUE, body TEXT)"
INSERT = "INSERT INTO bare VALUES (?, ?) ON CONFLICT DO NOTHING"


def create_app() -> Flask:
    """A web app that does the least a signed, kept webhook needs; its connections are kept."""
    app = Flask(__name__)
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    url = os.environ["BARE_DATABASE"]
    insert = INSERT if url.startswith("sqlite") else INSERT.replace("?", "%s")
    kept = threading.local()
    with _open(url) as made:
        made.execute(TABLE)

    @app.post("/<path:_>")
    def keep(_: str) -> Response:
        url_of_it = os.environ["PUBLIC_URL"] + request.environ["RAW_URI"]
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(url_of_it, request.form, signature):
            abort(403)
        if not hasattr(kept, "rows"):
            kept.rows = _open(url)
        sid = request.form.get("MessageSid") or request.form["CallSid"] + request.path
        kept.rows.execute(insert, (sid, request.form.get("Body", "")))
        kept.rows.commit()
        return Response("<Response/>", content_type="text/xml")

    return app


def _open(url: str) -> Any:
    if not url.startswith("sqlite"):
        return psycopg.connect(url.replace("+psycopg", ""))
    rows = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=5)
    rows.execute("PRAGMA journal_mode=WAL")
    rows.execute("PRAGMA synchronous=FULL")
    return rows
