"""Who is signed in, and whether they may do this now. The table of who may what is `may`."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar, cast

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from handlers.desk.errors import given_back, sent_from
from handlers.desk.may import AGAIN, LEADS, MAY, POLLS, WORKS
from handlers.desk.trying import attempt, named
from handlers.house import house
from store import sessions
from store.access_rows import StaffSession
from store.staff import Role, Staff
from triage import passwords

log = logging.getLogger(__name__)

bp = Blueprint("desk", __name__)

BEFORE_OWN_PASSWORD = ("desk.password", "desk.sign_out")
BEFORE_OWN_FACTOR = ("desk.factor_page", "desk.factor_made", "desk.sure", *BEFORE_OWN_PASSWORD)
SURE_FOR = timedelta(minutes=10)
NOT_YOURS = "That is not your password now. Try again."


@dataclass(frozen=True)
class Colleague:
    """Somebody who is signed in, in one browser; the three flags are what flask-login asks for."""

    id: int
    name: str
    role: Role
    one_time: bool
    password: str
    factored: bool
    session: StaffSession
    token: str
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @classmethod
    def of(cls, token: str, at: StaffSession, row: Staff) -> "Colleague":
        factored = row.factor_at is not None
        return cls(row.id, row.name, row.role, row.one_time, row.password, factored, at, token)

    def get_id(self) -> str:
        """What the browser keeps: random, and worth nothing once the session's row is gone."""
        return self.token

    @property
    def works(self) -> bool:
        """Whether they may change items and hear callers' voices."""
        return self.role in WORKS

    @property
    def decides(self) -> bool:
        """Whether they may decide on R1 and R2."""
        return self.role in LEADS


def load(kept: str) -> Colleague | None:
    """Whoever a session belongs to, unless it is over or they left."""
    with house().database.reading() as rows:
        found = sessions.find(rows, kept, datetime.now(UTC))
    return Colleague.of(kept, *found) if found else None


def token() -> str:
    """What this browser holds of a session, or nothing."""
    return str(session.get("_user_id", ""))


def me() -> Colleague:
    """Who is asking. Only behind the guard: it is what put them there."""
    return cast(Colleague, g.me)


@bp.before_request
def admit() -> ResponseReturnValue | None:
    """Before every page of the desk. Sends strangers to sign in, and refuses the wrong role."""
    if not current_user.is_authenticated:
        return stranger()
    g.me, endpoint = cast(Colleague, current_user._get_current_object()), request.endpoint or ""
    if me().one_time and endpoint not in BEFORE_OWN_PASSWORD:
        return redirect(url_for("desk.password"))
    if owes_factor() and endpoint not in BEFORE_OWN_FACTOR:
        return redirect(url_for("desk.factor_page"))
    if me().role not in MAY.get(endpoint, frozenset()):
        if me().role is Role.ADMIN and endpoint == "desk.board":
            return redirect(url_for("desk.people"))
        return abort(403)
    renew(endpoint)
    return ask_again() if endpoint in AGAIN and not sure() else None


def stranger() -> ResponseReturnValue:
    """To sign in, and then back here. What they wrote while their session ended is given back."""
    if request.method != "GET":
        return given_back() or redirect(url_for("entrance.sign_in", next=sent_from()))
    asked = request.full_path.rstrip("?")
    return redirect(url_for("entrance.sign_in", next=None if asked == "/" else asked))


def owes_factor() -> bool:
    """Whether they must set up a second factor before anything else."""
    return not me().factored and me().role.value in house().settings.second_factor


def renew(endpoint: str) -> None:
    """Keep the session from ending for idleness; what a page asks by itself is nobody's doing."""
    now = datetime.now(UTC)
    if endpoint in POLLS or me().session.seen_at > now - sessions.RENEWED:
        return
    try:
        with house().database.writing() as rows:
            sessions.renew(rows, me().session.id, now)
    except SQLAlchemyError as why:
        # Words of danger are read all the same; the session ends an hour after the last renewal.
        log.error("a session could not be renewed: %s", type(why).__name__)


def sure() -> bool:
    """Whether it is surely them: the password was typed in the last minutes."""
    return me().session.sure_at > datetime.now(UTC) - SURE_FOR


def own_password(given: str) -> bool:
    """Whether this is their password; if so it need not be typed again for a while."""
    account = named("again", str(me().id))
    if not attempt(account, lambda: passwords.right(me().password, given), known=True):
        return False
    with house().database.writing() as rows:
        sessions.sure(rows, me().session.id, datetime.now(UTC))
    return True


def ask_again() -> ResponseReturnValue | None:
    """Ask for the password before this is done; None once it was given.

    A form is kept in the page that asks, and sent again with the password in it.
    """
    if request.method != "POST":
        return redirect(url_for("desk.sure", next=request.full_path.rstrip("?")))
    given = request.form.get("password_again")
    if given is not None and own_password(given):
        return None
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("password_again", "csrf_token")
    ]
    wrong = [("password_again", NOT_YOURS)] if given is not None else []
    asked = request.full_path.rstrip("?")
    page = render_template("desk/sure.html", address=asked, kept=kept, errors=wrong)
    return page, 401
