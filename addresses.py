"""Whether the address in a setting can be one. Pure, and silent: many carry a password."""

import re
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def origin(value: str) -> bool:
    """A scheme, a host, perhaps a port: with more than that every signature would be wrong."""
    parts = _apart(value)
    only = parts is not None and value.partition("://")[2] == parts.netloc
    return only and web(value) and not re.search(r"[\s@]|:$", value)


def web(value: str) -> bool:
    """What can be asked for by http."""
    parts = _apart(value)
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def mail(value: str) -> bool:
    """A mail server."""
    parts = _apart(value)
    return parts is not None and bool(parts.hostname)


def redis(value: str) -> bool:
    """A socket's path; or a host, with nothing behind it but the number of a database."""
    parts = _apart(value)
    if parts is None or parts.scheme == "unix":
        return parts is not None and bool(parts.path)
    return re.fullmatch(r"/?\d*", parts.path) is not None


def recordings(value: str) -> bool:
    """A bucket, or a folder that is neither the whole disk nor the checkout itself."""
    parts = _apart(value)
    if parts is None or parts.scheme == "s3":
        return parts is not None and bool(parts.netloc)
    return bool(value.partition("://")[2].strip("/."))


def database(value: str) -> bool:
    """What SQLAlchemy can take apart; a file of SQLite's lies on this host."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return False
    return not (url.get_backend_name() == "sqlite" and url.host)


def _apart(value: str) -> SplitResult | None:
    """Its parts; None for a port that is none: often a password with a / in it."""
    try:
        parts = urlsplit(value)
        return None if parts.port == 0 else parts
    except ValueError:
        return None
