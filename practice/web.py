"""What the pages of the practice phone share: the phone, and who may come in."""

from typing import cast

from flask import Flask, Response, current_app

from practice.phone import Phone

# No other name: a page elsewhere on the internet may point its own name at this machine.
NAMES = ["localhost", "127.0.0.1"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "media-src 'self' blob:; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def hang(app: Flask, phone: Phone) -> None:
    """Give the app its phone, and keep out requests by another name than this machine's."""
    app.extensions["phone"] = phone
    app.config["TRUSTED_HOSTS"] = NAMES
    app.after_request(_protected)


def the_phone() -> Phone:
    """Return the phone that this app serves."""
    return cast(Phone, current_app.extensions["phone"])


def _protected(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
