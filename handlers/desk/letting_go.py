"""Erasing an item, keeping it, holding it: the lead's word, each with a reason."""

from datetime import UTC, datetime, timedelta

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.form import typed
from handlers.desk.guard import bp, me
from handlers.desk.item import back, page
from handlers.desk.words import counted, reference, signs
from handlers.house import house
from store import desk, feedback, holds, known, removals
from store.erasure_rows import Verdict, Way
from store.models import Feedback
from tiers import URGENT
from triage.moves import LONGEST_REASON, Refused


@bp.post("/feedback/<given>/hold")
def hold(given: str) -> ResponseReturnValue:
    """Put a legal hold on an item. 422 without a reason."""
    return _done(given, "hold_reason", _hold, "It is on hold: it stays until the hold is lifted.")


@bp.post("/feedback/<given>/lift")
def lift(given: str) -> ResponseReturnValue:
    """Lift the hold. 422 without a reason."""
    return _done(given, "lift_reason", _lift, "The hold is lifted.")


@bp.post("/feedback/<given>/stay")
def stay(given: str) -> ResponseReturnValue:
    """What its person wanted gone is kept, by the lead's decision. 422 without a reason."""
    return _done(given, "stay_reason", _stay, "Kept, with your reason.")


@bp.post("/feedback/<given>/erase")
def erase(given: str) -> ResponseReturnValue:
    """Hide an item at once, and erase it now or in some days. 422 without a reason, on hold, or
    where nobody has decided about somebody at risk.
    """
    now = datetime.now(UTC)
    days = (
        0 if request.form.get("when") == "now" else house().door.script.line.limits.erase_after_days
    )
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            _erase(session, item, _reason("erase_reason"), now, days)
    except Refused as why:
        return page(given, request.form, [("erase_reason", str(why))]), 422
    when = f"in {counted(days, 'day')}" if days else "within seconds"
    flash(f"{reference(signs(given))} is hidden, and erased {when}.")
    return redirect(url_for("desk.going"))


@bp.post("/going/<given>/keep")
def take_back(given: str) -> ResponseReturnValue:
    """What waits to be erased stays after all."""
    with house().database.writing() as session:
        item = feedback.by_reference(session, signs(given)) or abort(404)
        if item.erased_at is None:
            removals.take_back(session, item)
    if item.erased_at:
        flash("That is erased already.")
    else:
        flash(f"{reference(item.reference)} stays.")
    return redirect(url_for("desk.going"))


def _done(given: str, field: str, act, words: str) -> ResponseReturnValue:  # type: ignore[no-untyped-def]
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            act(session, item, _reason(field), datetime.now(UTC))
    except Refused as why:
        return page(given, request.form, [(field, str(why))]), 422
    flash(words)
    return back(given, "kept")


def _reason(field: str) -> str:
    reason = typed(field)
    if not reason:
        raise Refused("Write the reason: whoever looks at this later must understand it.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep the reason to {LONGEST_REASON} characters.")
    return reason


def _hold(session: Session, item: Feedback, reason: str, at: datetime) -> None:
    if removals.held(session, item):
        raise Refused("It is on hold already.")
    holds.put(session, item, me().name, reason, at)


def _lift(session: Session, item: Feedback, reason: str, at: datetime) -> None:
    standing = removals.held(session, item)
    if standing is None:
        raise Refused("No hold stands on it.")
    holds.lift(standing, me().name, reason, at)


def _stay(session: Session, item: Feedback, reason: str, at: datetime) -> None:
    asked = removals.of(session, item)
    if asked is None:
        raise Refused("Nobody asked for it to go.")
    removals.decide(asked, Verdict.KEEP, me().name, reason, at)


def _erase(session: Session, item: Feedback, reason: str, at: datetime, days: int) -> None:
    if removals.held(session, item):
        raise Refused("It is on legal hold. Lift the hold first.")
    if item.tier in URGENT and not known.decided(item):
        raise Refused("First write in the safeguarding record what was decided. Then erase it.")
    asked = removals.of(session, item)
    if asked is None or item.erasure_asked_at is None:
        asked = removals.ask(session, item, Way.DESK, at, by=me().name)
    removals.decide(asked, Verdict.ERASE, me().name, reason, at)
    removals.hide(item, at, at + timedelta(days=days))
