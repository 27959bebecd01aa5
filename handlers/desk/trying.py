"""Passwords and codes are tried through here: each try counts, and wrong ones make people wait."""

import hashlib
import ipaddress
import math
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import TooManyRequests

from handlers.house import house
from store import tries
from triage import throttle
from triage.throttle import Tried

KNOWN_FOR = 90 * 24 * 3600


def attempt(account: str, fits: Callable[[], bool], known: bool = False) -> bool:
    """Whether `fits`. Raises TooManyRequests, with how long to wait, after too many that did not.

    `account` is what is tried: wrong tries count against it, and against the address they come
    from unless this browser is `known`: a stranger in the same office locks nobody out.
    """
    now = datetime.now(UTC)
    with house().database.writing() as rows:
        number = tries.begin(rows, account, from_where(), now)
    wait = _wait(number, account, known, now)
    if wait > 0:
        with house().database.writing() as rows:
            tries.take_back(rows, number)
        raise TooManyRequests(retry_after=wait)
    if not fits():
        return False
    with house().database.writing() as rows:
        tries.settle(rows, number, account, now)
    return True


def _wait(number: int, account: str, known: bool, now: datetime) -> int:
    since = now - throttle.WINDOW
    with house().database.reading() as rows:
        of_account = Tried(*tries.others(rows, since=since, but=number, account=account))
        waits = [throttle.waits(of_account, throttle.OF_ACCOUNT, now)]
        if not known:
            there = Tried(*tries.others(rows, since=since, but=number, address=from_where()))
            waits.append(throttle.waits(there, throttle.OF_ADDRESS, now))
    return math.ceil(max(waits).total_seconds())


def named(*what: str) -> str:
    """What is tried, hashed: some people type their password into the field for the name."""
    return hashlib.sha256("\0".join(what).encode()).hexdigest()


def from_where() -> str:
    """The network that asks, hashed: of IPv6 a household's /64, as one machine has so many."""
    hops = house().settings.proxies
    through = request.headers.get("X-Forwarded-For", "").split(",")
    given = through[-hops].strip() if 0 < hops <= len(through) else request.remote_addr or ""
    try:
        found = ipaddress.ip_address(given)
        wide = 64 if found.version == 6 else 32
        return named("address", str(ipaddress.ip_network((found, wide), strict=False)))
    except ValueError:
        return named("address", given)


def known_as(name: str) -> str | None:
    """The mark of this browser, if whoever has this name signed in with it before."""
    try:
        who, mark = _signer().loads(request.cookies.get(cookie(), ""), max_age=KNOWN_FOR)
    except (BadData, ValueError, TypeError):
        return None
    return str(mark) if who == named(name) else None


def know(answer: Response, name: str) -> None:
    """Remember that this person signed in with this browser. It opens nothing."""
    answer.set_cookie(
        cookie(),
        str(_signer().dumps([named(name), known_as(name) or secrets.token_hex(8)])),
        max_age=KNOWN_FOR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def cookie() -> str:
    """The cookie's name: over https one that no other host may set."""
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(house().settings.secret_key, salt="known browser")
