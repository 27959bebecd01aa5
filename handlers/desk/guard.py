"""Who is signed in, and what they may do. A page that is not in the table is open to nobody."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import ClassVar, cast

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from handlers.house import house
from store import desk
from store.staff import Role, Staff

bp = Blueprint("desk", __name__)

EVERYBODY = frozenset(Role)
LOOKS = EVERYBODY - {Role.ADMIN}
WORKS = LOOKS - {Role.READER}
LOOKS_AFTER = frozenset({Role.LEAD, Role.DEPUTY, Role.ADMIN})
MAY = {
    "desk.board": LOOKS,
    "desk.item": LOOKS,
    "desk.note": WORKS,
    "desk.move": WORKS,
    "desk.audio": WORKS,
    "desk.again": WORKS,
    "desk.quarantine": LOOKS_AFTER,
    "desk.password": EVERYBODY,
    "desk.sign_out": EVERYBODY,
}
BEFORE_OWN_PASSWORD = ("desk.password", "desk.sign_out")


@dataclass(frozen=True)
class Colleague:
    """Somebody who is signed in; the three flags are what flask-login asks for."""

    id: int
    name: str
    role: Role
    one_time: bool
    password: str
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @classmethod
    def of(cls, row: Staff) -> "Colleague":
        return cls(row.id, row.name, row.role, row.one_time, row.password)

    def get_id(self) -> str:
        """What the session keeps. A new password changes it, and so ends every other session."""
        return f"{self.id}.{hashlib.sha256(self.password.encode()).hexdigest()[:32]}"

    @property
    def works(self) -> bool:
        """Whether they may change items and hear callers' voices."""
        return self.role in WORKS


def load(kept: str) -> Colleague | None:
    """Whoever a session belongs to, unless they left or chose a new password since."""
    number = kept.partition(".")[0]
    with house().database.reading() as session:
        row = desk.colleague(session, number=int(number)) if number.isdecimal() else None
    found = Colleague.of(row) if row else None
    return found if found and hmac.compare_digest(found.get_id(), kept) else None


def me() -> Colleague:
    """Who is asking. Only behind the guard: it is what put them there."""
    return cast(Colleague, g.me)


@bp.before_request
def admit() -> ResponseReturnValue | None:
    """Before every page of the desk. Sends strangers to sign in, and refuses the wrong role."""
    if not current_user.is_authenticated:
        asked = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(url_for("entrance.sign_in", next=None if asked == "/" else asked))
    g.me = cast(Colleague, current_user._get_current_object())
    if me().one_time and request.endpoint not in BEFORE_OWN_PASSWORD:
        return redirect(url_for("desk.password"))
    if me().role in MAY.get(request.endpoint or "", frozenset()):
        return None
    if me().role is Role.ADMIN and request.endpoint == "desk.board":
        return render_template("desk/no_feedback.html")
    return abort(403)
