"""The way in: a name and a password, and for some a code too. Open to everybody."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import login_user

from handlers.desk.browsers import browser
from handlers.desk.form import typed
from handlers.desk.guard import Colleague, token
from handlers.desk.trying import attempt, know, known_as, named
from handlers.house import house
from store import accounts, factors, sessions
from store.staff import Staff
from triage import factor, passwords

bp = Blueprint("entrance", __name__)

WRONG = "That name and password do not go together."
WRONG_CODE = "That code is not right, or was used before. Wait for the next one."
HALF = timedelta(minutes=10)  # between the password and the code


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Name and password. 401 when they do not fit, without saying which; 429 after five."""
    if request.method == "GET":
        return render_template("desk/sign_in.html", name="")
    name = typed("name")
    found = who(name, request.form.get("password", ""))
    if found is None:
        return render_template("desk/sign_in.html", name=name, error=WRONG), 401
    if found.factor_at is None:
        return come_in(found)
    session["half"] = [found.id, mark(found.password), datetime.now(UTC).timestamp()]
    return redirect(url_for("entrance.code", next=request.form.get("next") or None))


@bp.route("/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second step: a code from the app, or a recovery code. 401 when it is wrong or used."""
    found = half()
    if found is None:
        return redirect(url_for("entrance.sign_in", next=request.values.get("next")))
    if request.method == "GET":
        return render_template("desk/sign_in_code.html")
    given = request.form.get("code", "")
    if not attempt(named("code", str(found.id)), lambda: proves(found, given)):
        return render_template("desk/sign_in_code.html", error=WRONG_CODE), 401
    return come_in(found)


def who(name: str, password: str) -> Staff | None:
    """The colleague with this name and password. An unknown name takes as long as a known one."""
    with house().database.reading() as rows:
        row = accounts.colleague(rows, name=name)
    name = row.name if row else name  # tries at one account count together, however it is written
    over = row and row.one_time and row.one_time_until and row.one_time_until < datetime.now(UTC)
    stored = row.password if row and not over else passwords.nobody()
    known = known_as(name)
    account = named(name, known) if known else named(name)
    fits = attempt(account, lambda: passwords.right(stored, password), known is not None)
    return row if fits else None


def half() -> Staff | None:
    """Whoever gave their password here a moment ago, unless it was changed meanwhile."""
    number, password, at = session.get("half", (0, "", 0.0))
    with house().database.reading() as rows:
        row = accounts.colleague(rows, number=number)
    fresh = datetime.now(UTC) - datetime.fromtimestamp(at, UTC) < HALF
    return row if row and row.factor and fresh and mark(row.password) == password else None


def mark(password: str) -> str:
    """What the browser may hold of a stored password, to see that it has not changed."""
    return named("half", password)


def proves(of: Staff, given: str) -> bool:
    """Whether this is the app's code now, or a recovery code; either is spent."""
    now = datetime.now(UTC)
    found = factor.step(house().seal.open(of.factor or b""), given, now)
    with house().database.writing() as rows:
        if found is not None:
            return factors.spend(rows, of.id, found)
        if not factors.recover(rows, of.id, factor.kept(given), now):
            return False
        left = factors.left(rows, of.id)
    flash(f"You used a recovery code. {left} are left. Make new ones before you need the last.")
    return True


def come_in(found: Staff) -> ResponseReturnValue:
    """A new session, in place of whatever this browser had; then to the page that was wanted."""
    now, old, said = datetime.now(UTC), token(), session.get("_flashes")
    with house().database.writing() as rows:
        sessions.end_here(rows, old)
        accounts.signed_in(rows, found.id, now)
        fresh = sessions.begin(rows, found.id, browser(request.user_agent.string), now)
        row = sessions.find(rows, fresh, now)
    session.clear()
    session.permanent = True
    if said:
        session["_flashes"] = said
    if row:
        login_user(Colleague.of(fresh, *row))
    answer = make_response(redirect(safe(request.form.get("next", ""))))
    know(answer, found.name)
    return answer


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
