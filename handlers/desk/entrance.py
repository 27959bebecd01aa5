"""The way in: signing in. The one page of the desk that is open to everybody."""

import hashlib
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import login_user

from handlers.desk.guard import Colleague
from handlers.house import house
from store import desk
from triage import passwords

bp = Blueprint("entrance", __name__)

TRIES = "5 per minute;30 per hour"
WRONG = "That name and password do not go together."


def throttle(app: Flask, redis_url: str | None) -> Limiter:
    """Limit wrong tries per name and per address. Right ones are free: an office shares one.

    Without Redis, or with Redis away, each process counts by itself: nobody is locked out.
    """
    options: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=counted_at(redis_url),
        storage_options=options if redis_url else {},
        in_memory_fallback_enabled=True,
    )
    for key in (given_name, get_remote_address):
        limiter.limit(TRIES, key_func=key, methods=["POST"], deduct_when=was_wrong)(bp)
    return limiter


def counted_at(redis_url: str | None) -> str:
    """Where tries are counted, as the library writes it: beside the queue, where there is one."""
    if redis_url is None:
        return "memory://"
    return f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url


def given_name() -> str:
    """The name that was tried, hashed: some people type their password into the wrong field."""
    return hashlib.sha256(request.form.get("name", "").strip().encode()).hexdigest()


def was_wrong(answer: Response) -> bool:
    """Whether a try failed."""
    return answer.status_code == 401


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Name and password. 401 when they do not fit, without saying which; 429 after five."""
    if request.method == "GET":
        return render_template("desk/sign_in.html", name="")
    name = request.form.get("name", "").replace("\x00", "").strip()
    found = who(name, request.form.get("password", ""))
    if found is None:
        return render_template("desk/sign_in.html", name=name, error=WRONG), 401
    session.clear()
    session.permanent = True
    login_user(found)
    return redirect(safe(request.form.get("next", "")))


def who(name: str, password: str) -> Colleague | None:
    """The colleague with this name and password. An unknown name takes as long as a known one."""
    with house().database.reading() as rows:
        row = desk.colleague(rows, name=name)
    fits = passwords.right(row.password if row else passwords.NOBODY, password)
    return Colleague.of(row) if row and fits else None


def safe(address: str) -> str:
    """Where to go after signing in: a page of ours, never an address that a stranger made up."""
    parts = urlsplit(address)
    ours = (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and address.isprintable()
        and not parts.scheme
        and not parts.netloc
    )
    return address if ours else "/"
