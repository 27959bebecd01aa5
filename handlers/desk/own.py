"""What each colleague does for themselves: a password of their own, and leaving."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from handlers.desk.entrance import safe
from handlers.desk.guard import NOT_YOURS, bp, me, own_password
from handlers.house import house
from store import accounts, sessions
from triage import passwords


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    with house().database.writing() as rows:
        sessions.end(rows, me().id, me().session.id)
    logout_user()
    session.clear()
    return redirect(url_for("entrance.sign_in"))


@bp.route("/sure", methods=["GET", "POST"])
def sure() -> ResponseReturnValue:
    """Type the password again, then on to the page that wants it. 401 when it is wrong."""
    onward = safe(request.values.get("next", ""))
    if request.method == "GET":
        return render_template("desk/sure.html", address=request.full_path, kept=[])
    if not own_password(request.form.get("password_again", "")):
        wrong = [("password_again", NOT_YOURS)]
        page = render_template("desk/sure.html", address=request.full_path, kept=[], errors=wrong)
        return page, 401
    return redirect(onward)


@bp.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Choose a password. 422 with what to do when it will not do."""
    if request.method == "GET":
        return render_template("desk/password.html", shortest=passwords.SHORTEST)
    wrong = refusal(
        request.form.get("now", ""), request.form.get("chosen", ""), request.form.get("again", "")
    )
    if wrong:
        return render_template(
            "desk/password.html", shortest=passwords.SHORTEST, errors=[wrong]
        ), 422
    change(request.form["chosen"])
    flash("Your password is changed. Wherever else you were signed in, you are signed out.")
    return redirect(url_for("desk.board"))


def refusal(now: str, chosen: str, again: str) -> tuple[str, str] | None:
    """The field and the sentence of what is wrong, or None. A one-time password was just typed."""
    if not me().one_time and not own_password(now):
        return "now", NOT_YOURS
    line = house().door.script.line
    if will_not_do := passwords.refusal(chosen, [me().name, line.name, line.run_by, "heard"]):
        return "chosen", will_not_do
    if chosen != again:
        return "again", "The two are not the same. Type the new password twice."
    if passwords.right(me().password, chosen):
        return "chosen", "That is the password you have now. Choose another."
    return None


def change(chosen: str) -> None:
    """Store a new password and stay signed in here; every other session of theirs ends."""
    stored = passwords.hash(chosen)
    with house().database.writing() as rows:
        row = accounts.colleague(rows, number=me().id)
        if row is None:
            return
        row.password, row.one_time, row.one_time_until = stored, False, None
        sessions.end(rows, me().id, but=me().session.id)
        sessions.sure(rows, me().session.id, datetime.now(UTC))
