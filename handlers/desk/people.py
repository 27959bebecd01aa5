"""Who may sign in: added, given another role, removed, helped when a password or phone is lost.

For admins. A password is shown once, on the page that answers; no page shows any feedback.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from handlers.desk.form import on_one_line
from handlers.desk.guard import bp, me
from handlers.desk.item import Errors
from handlers.desk.trying import named
from handlers.house import house
from store import accounts, tries
from store.staff import Role, Staff
from triage import passwords, throttle

LONGEST_NAME = 80
TWICE = timedelta(minutes=2)
ROLES = {
    Role.READER: "Reader: redacted words and figures",
    Role.TRIAGER: "Triager: reads, hears and acts on feedback",
    Role.LEAD: "Safeguarding lead",
    Role.DEPUTY: "Deputy of the lead",
    Role.ADMIN: "Admin: staff and settings, no feedback",
}


@bp.get("/staff")
def people() -> str:
    """Everybody, and who is being tried by strangers."""
    return page({}, [])


@bp.post("/staff")
def add_person() -> ResponseReturnValue:
    """Add somebody. 422 when the name or the role will not do."""
    name = on_one_line(request.form.get("name", ""))
    role = request.form.get("role", "")
    wrong = refusal(name, role)
    if wrong:
        return page(request.form, [wrong]), 422
    fresh = passwords.one_time()
    try:
        with house().database.writing() as rows:
            stored = passwords.hash(fresh)
            accounts.add(rows, name, Role(role), stored, True, me().name, datetime.now(UTC))
    except IntegrityError:
        return page(request.form, [("name", there_already(name))]), 422
    return page({}, [], (name, fresh))


@bp.post("/staff/<int(max=2147483647):number>/role")
def change_role(number: int) -> ResponseReturnValue:
    """Another role; they sign in again."""
    role = request.form.get("role", "")
    if role not in set(Role):
        abort(400)
    with house().database.writing() as rows:
        found = _other(rows.get(Staff, number))
        accounts.give_role(rows, found, Role(role), me().name, datetime.now(UTC))
    flash(f"{found.name} is {role} now.")
    return redirect(url_for("desk.people"))


@bp.post("/staff/<int(max=2147483647):number>/remove")
def remove_person(number: int) -> ResponseReturnValue:
    """They left: they are signed out at once, and their work stays."""
    with house().database.writing() as rows:
        found = _other(rows.get(Staff, number))
        accounts.remove(rows, found, me().name, datetime.now(UTC))
    flash(f"{found.name} cannot sign in any more. Their work stays, for colleagues to go on with.")
    return redirect(url_for("desk.people"))


@bp.post("/staff/<int(max=2147483647):number>/password")
def reset_password(number: int) -> str:
    """A new one-time password; a leaver is back."""
    fresh = passwords.one_time()
    with house().database.writing() as rows:
        found = _other(rows.get(Staff, number))
        stored = passwords.hash(fresh)
        accounts.give_password(rows, found, stored, me().name, datetime.now(UTC))
    return page({}, [], (found.name, fresh))


@bp.post("/staff/<int(max=2147483647):number>/factor")
def reset_factor(number: int) -> ResponseReturnValue:
    """Their phone is lost: they set up another at their next sign-in."""
    with house().database.writing() as rows:
        found = _other(rows.get(Staff, number))
        accounts.remove_factor(rows, found, me().name, datetime.now(UTC))
    flash(f"No code is asked of {found.name} until they set up another phone.")
    return redirect(url_for("desk.people"))


def page(typed: Mapping[str, str], errors: Errors, fresh: tuple[str, str] | None = None) -> str:
    """The list, with a fresh password for one of them, if there is one to show."""
    with house().database.reading() as rows:
        found = accounts.everybody(rows)
        since = datetime.now(UTC) - throttle.WINDOW
        wrong = tries.wrong(rows, [named(one.name) for one in found], since)
    return render_template(
        "desk/people.html",
        people=found,
        tried={one.id: wrong[named(one.name)] for one in found if named(one.name) in wrong},
        roles=ROLES,
        typed=typed,
        errors=errors,
        fresh=fresh,
    )


def refusal(name: str, role: str) -> tuple[str, str] | None:
    """The field and the sentence of what is wrong, or None."""
    if not name:
        return "name", "Write their name first."
    if len(name) > LONGEST_NAME or not name.isprintable():
        return "name", f"Keep the name to {LONGEST_NAME} letters."
    return None if role in set(Role) else ("role", "Choose a role.")


def there_already(name: str) -> str:
    """What to tell whoever adds somebody who is there: who pressed twice never saw the password."""
    with house().database.reading() as rows:
        found = accounts.named(rows, name)
    if found and datetime.now(UTC) - found.added_at < TWICE:
        return (
            f"{found.name} is there already, added a moment ago. If you did not see their "
            "password, give them a new one below."
        )
    return f"There is somebody called {found.name if found else name} already."


def _other(found: Staff | None) -> Staff:
    """Somebody else: who changes their own account here might lock the last admin out."""
    if found is None:
        abort(404)
    return abort(409) if found.id == me().id else found
