"""What every answer of the web carries so that browsers guard what callers told us.

A webhook is asked by Twilio's machines: it has no session, and its answer nothing for browsers.
"""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from handlers.signature import WEBHOOKS
from store import sessions

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Not `no-referrer`: over https the check of each form needs to see which page it came from.
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000"
THEIRS = ("/sms", "/voice")  # a session is opened before it is known whose page was asked for


class Sessions(SecureCookieSessionInterface):
    """A session for each request but a webhook's."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None is Flask's word for no session."""
        if request.path.startswith(THEIRS):
            return None
        return super().open_session(app, request)


def secure(app: Flask, https: bool) -> None:
    """Set cookies and headers; `https` when the public address has it."""
    app.config.update(
        # Over https a name that no other host, and no page without https, may set.
        SESSION_COOKIE_NAME="__Host-session" if https else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        PERMANENT_SESSION_LIFETIME=sessions.LONGEST,
        SESSION_REFRESH_EACH_REQUEST=False,
        # A note may be written for hours: a form is good for as long as its session.
        WTF_CSRF_TIME_LIMIT=None,
    )

    app.session_interface = Sessions()

    def add(answer: Response) -> Response:
        if request.blueprint in WEBHOOKS:
            return answer
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if https:
            answer.headers.setdefault("Strict-Transport-Security", HSTS)
        return answer

    app.after_request(add)
