"""Taking work: the most pressing item that nobody has, and who has an item open."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.filters import choices, read
from handlers.desk.guard import bp, me
from handlers.desk.words import reference, signs
from handlers.house import house
from store import desk, holding
from store.models import Feedback
from triage import needs


@dataclass(frozen=True)
class Holder:
    """Who has an item: `by` until when, and everybody else who looks at it."""

    by: str | None
    until: datetime | None
    others: tuple[str, ...]

    @property
    def mine(self) -> bool:
        return self.by == me().name


@bp.post("/take")
def take() -> ResponseReturnValue:
    """Claim an item and go to it: from the queue that was asked for, else the first with one."""
    asked = request.form.get("need", "")
    chosen = [need for need in needs.GIVEN_OUT if need == asked] or needs.GIVEN_OUT
    with house().database.writing() as session:
        found = holding.take(session, chosen, me().name, now(), decides=me().decides)
    if found:
        return redirect(url_for("desk.item", given=reference(found), _anchor="begin"))
    flash("Nothing here waits for anybody. Colleagues have the rest, or there is none.")
    return redirect(read({"need": asked}, choices()).address)


@bp.post("/feedback/<given>/here")
def here(given: str) -> str:
    """Somebody's page is still open: theirs if it is free. What to show of who else is here."""
    with house().database.writing() as session:
        item = _shown(session, given)
        holding.look(session, item.id, me().name, now())
        holding.hold(session, item.id, me().name, now())
        session.refresh(item)
        found = _holder(session, item)
    return render_template("desk/item_holder_words.html", holder=found, item=item)


@bp.post("/feedback/<given>/take-over")
def take_over(given: str) -> ResponseReturnValue:
    """Take an item from the colleague who has it; their page says so."""
    with house().database.writing() as session:
        item = _shown(session, given)
        holding.hold(session, item.id, me().name, now(), over=True)
    flash("You have it now. Your colleague’s page says so.")
    return redirect(url_for("desk.item", given=reference(signs(given))))


@bp.post("/feedback/<given>/leave")
def leave(given: str) -> ResponseReturnValue:
    """Somebody closed their page: the item is free again in a moment."""
    with house().database.writing() as session:
        holding.let_go(session, _shown(session, given).id, me().name, now())
    return "", 204


def holder(item: Feedback) -> Holder:
    """Who has an item and who else is here, for its page."""
    with house().database.reading() as session:
        return _holder(session, item)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def _shown(session: Session, given: str) -> Feedback:
    return desk.shown(session, signs(given)) or abort(404)


def _holder(session: Session, item: Feedback) -> Holder:
    at = now()
    held = item.held_until is not None and item.held_until > at
    others = tuple(
        name for name in holding.others(session, item.id, me().name, at) if name != item.held_by
    )
    return Holder(item.held_by if held else None, item.held_until if held else None, others)
