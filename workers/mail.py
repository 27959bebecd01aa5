"""The mail server of SMTP_URL. Every word has a time-out; no password goes in the open."""

import smtplib
import ssl
from urllib.parse import SplitResult, unquote, urlsplit

PATIENCE = 5  # seconds for each answer
HERE = ("localhost", "127.0.0.1", "::1")


def sender(url: str) -> str | None:
    """Whom mail is from: the user of the server, if that is an address."""
    user = unquote(urlsplit(url).username or "")
    return user if "@" in user else None


def server(url: str) -> smtplib.SMTP:
    """The mail server, greeted and signed in to. A password never goes there in the open.

    Raises OSError or SMTPException, whatever is wrong: also where a password has letters that this
    way of signing in cannot carry, or the server answers with nonsense.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        there: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=PATIENCE, context=secure
        )
    else:
        there = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
    try:
        _sign_in(there, parts, secure)
    except (OSError, smtplib.SMTPException):
        there.close()
        raise
    except ValueError as why:
        there.close()
        raise smtplib.SMTPAuthenticationError(0, type(why).__name__) from None
    return there


def _sign_in(server: smtplib.SMTP, parts: SplitResult, secure: ssl.SSLContext) -> None:
    server.ehlo()
    private = parts.scheme == "smtps"
    if not private and server.has_extn("starttls"):
        server.starttls(context=secure)
        private = True
    if parts.username:
        if not private and parts.hostname not in HERE:
            raise smtplib.SMTPNotSupportedError("it offers no encryption")
        server.login(unquote(parts.username), unquote(parts.password or ""))
