"""What each colleague does for themselves: a password of their own, and leaving."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from handlers.desk.guard import Colleague, bp, me
from handlers.house import house
from store import desk
from triage import passwords


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    logout_user()
    session.clear()
    return redirect(url_for("entrance.sign_in"))


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
    if not me().one_time and not passwords.right(me().password, now):
        return "now", "That is not your password now. Try again."
    if len(chosen) < passwords.SHORTEST:
        return "chosen", f"Use at least {passwords.SHORTEST} characters. Three words will do."
    if len(chosen) > passwords.LONGEST:
        return "chosen", f"Use at most {passwords.LONGEST} characters."
    if chosen != again:
        return "again", "The two are not the same. Type the new password twice."
    if passwords.right(me().password, chosen):
        return "chosen", "That is the password you have now. Choose another."
    return None


def change(chosen: str) -> None:
    """Store a new password and stay signed in here; every other session ends with the old one."""
    stored = passwords.hash(chosen)
    with house().database.writing() as rows:
        row = desk.colleague(rows, number=me().id)
        if row is None:
            return
        row.password, row.one_time = stored, False
    login_user(Colleague.of(row))
