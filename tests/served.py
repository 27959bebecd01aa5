"""An app served for a real browser by werkzeug's own server."""

from collections.abc import Iterable
from contextlib import closing
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wsgi import ClosingIterator


def whole(app: WSGIApplication) -> WSGIApplication:
    """That app with each answer read and closed before any of it goes out.

    When a browser hangs up in mid-answer, werkzeug's server (not gunicorn) forgets to close it:
    a file stays open, and its warning would fail whichever test comes next.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with closing(ClosingIterator(app(environ, start))) as parts:
            return [b"".join(parts)]

    return answer
