"""Each colleague's second factor: set up with a picture for their app, and codes for its loss."""

from datetime import UTC, datetime

import segno
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from handlers.desk.guard import bp, me
from handlers.house import house
from store import factors
from store.seal import CannotOpen
from triage import factor

WRONG = "That is not the code that the app shows now. Type the newest one."


@bp.get("/factor")
def factor_page() -> str:
    """How it stands; for who has none yet, the picture to set one up with."""
    return page() if me().factored else set_up(factor.secret())


@bp.post("/factor")
def factor_made() -> ResponseReturnValue:
    """Confirm a new one by a code of it. 422 when the code is wrong; the picture stays the same."""
    if me().factored:
        abort(409)
    now, secret = datetime.now(UTC), opened(request.form.get("secret", ""))
    step = factor.step(secret, request.form.get("code", ""), now)
    if step is None:
        return set_up(secret, [("code", WRONG)]), 422
    codes = factor.recovery()
    with house().database.writing() as rows:
        factors.confirm(rows, me().id, house().seal.close(secret), step, now)
        factors.renew(rows, me().id, [factor.kept(code) for code in codes])
    return page(codes)


@bp.post("/factor/codes")
def factor_codes() -> str:
    """Recovery codes made anew: the old ones are worth nothing."""
    if not me().factored:
        abort(409)
    codes = factor.recovery()
    with house().database.writing() as rows:
        factors.renew(rows, me().id, [factor.kept(code) for code in codes])
    return page(codes)


@bp.post("/factor/remove")
def factor_removed() -> ResponseReturnValue:
    """Away with it, to set up another telephone."""
    with house().database.writing() as rows:
        factors.remove(rows, me().id)
    flash("No code is asked for any more. Set up your new phone now.")
    return redirect(url_for("desk.factor_page"))


def set_up(secret: str, errors: list[tuple[str, str]] | None = None) -> str:
    """The picture. The page carries the secret sealed for its owner: no row before it is proven."""
    address = factor.address(secret, me().name, house().door.script.line.name)
    return render_template(
        "desk/factor_new.html",
        picture=segno.make(address).svg_data_uri(scale=5, dark="#000", light="#fff"),
        typed=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        sealed=house().seal.close(f"{me().id} {secret}").decode(),
        errors=errors or [],
    )


def opened(sealed: str) -> str:
    """The secret that the page carried. 400 for anything that was not made for this colleague."""
    try:
        whose, _, secret = house().seal.open(sealed.encode("ascii", "replace")).partition(" ")
    except CannotOpen:
        abort(400)
    return secret if whose == str(me().id) and secret.isalnum() else abort(400)


def page(codes: list[str] | None = None) -> str:
    """How it stands; `codes` are shown this once."""
    with house().database.reading() as rows:
        left = factors.left(rows, me().id)
    return render_template("desk/factor.html", codes=codes, left=left)
