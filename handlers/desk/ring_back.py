"""Ringing people back: by whoever holds the item, and each look at a number is kept."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.filters import choices, mark, read
from handlers.desk.form import form_key, new_key, typed
from handlers.desk.guard import bp, me
from handlers.desk.item import Errors
from handlers.desk.words import reference, signs
from handlers.house import house
from hours import NeverOpen
from store import board as queues
from store import desk, doing, looks, of_phone
from store.access_rows import Kept
from store.board import Wanted
from store.doing_rows import Deed, Did
from store.models import Feedback
from store.needs import Need
from store.seal import CannotOpen
from triage import moves, outcomes, safeguarding
from triage.moves import Wrong

PAGE = 25
A_CALL = timedelta(hours=1)  # from looking at a number to writing down how it went


@bp.get("/ring-back")
def ring_back() -> str:
    """Everybody who asked for advice, the longest waiting first, and how far each call has come."""
    asked = read(request.args, choices())
    with house().database.reading() as session:
        page = queues.page(session, Wanted(Need.ADVICE), PAGE, asked.at, asked.back)
        tries: dict[int, list[Deed]] = {}
        for call in doing.calls(session, [item.id for item in page.rows]):
            tries.setdefault(call.feedback_id, []).append(call)
    now = datetime.now(UTC)
    return render_template(
        "desk/ring_back.html",
        rows=page.rows,
        tries=tries,
        now=now,
        held=lambda item: item.held_by if item.held_until and item.held_until > now else None,
        before=mark(page.before),
        after=mark(page.after),
        calls=outcomes.CALLS,
    )


@bp.get("/feedback/<given>/ring")
def ring(given: str) -> str:
    """One person to ring: who has the item, the tries so far, and the way to the number."""
    return _page(given, {}, [])


@bp.post("/feedback/<given>/number")
def number(given: str) -> ResponseReturnValue:
    """Show the number, once, to whoever holds the item; the look is kept. 422 to anybody else."""
    now, reason = datetime.now(UTC), typed("ring_reason")
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            found = _number(item, reason, now, of_phone.in_doubt(session, item))
            doing.do(session, item, Did.NUMBER, me().name, now, words=reason)
            looks.keep(session, me().name, Kept.NUMBER, now, feedback_id=item.id, why=reason)
    except moves.Refused as why:
        return _page(given, request.form, [("ring_reason", str(why))]), 422
    return _page(given, {}, [], found)


@bp.post("/feedback/<given>/called")
def called(given: str) -> ResponseReturnValue:
    """Keep how a call went, and when to try again."""
    key, now, said = form_key(), datetime.now(UTC), typed("call")
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            _called(session, item, key, said, now)
    except moves.Refused as why:
        field = why.field if isinstance(why, Wrong) else "call"
        return _page(given, request.form, [(field, str(why))]), 422
    flash(f"Kept: {outcomes.CALLS[said]}.")
    return redirect(url_for("desk.ring", given=reference(signs(given))))


def _number(item: Feedback, reason: str, now: datetime, doubt: bool) -> str:
    outcomes.may_ring(item, me().name, now)
    if item.caller is None:
        raise moves.Refused("They rang from a withheld number. Listen: some say one.")
    safeguarding.may_contact(item, me().role, reason, doubt=doubt)
    if len(reason) > moves.LONGEST_REASON:
        raise moves.Refused(f"Keep the reason to {moves.LONGEST_REASON} characters.")
    try:
        return house().seal.open(item.caller.number)
    except CannotOpen:
        raise moves.Refused("The number cannot be opened. Tell the operator.") from None


def _called(session: Session, item: Feedback, key: str, said: str, now: datetime) -> None:
    outcomes.may_ring(item, me().name, now)
    words = typed("call_words")
    _may_contact(session, item, words, now, of_phone.in_doubt(session, item))
    if said not in outcomes.CALLS:
        raise Wrong("call", "Choose how the call went.")
    if len(words) > outcomes.LONGEST:
        raise Wrong("call_words", f"Keep this to {outcomes.LONGEST:,} characters.")
    try:
        again = outcomes.next_try(house().door.script.line.opening, said, now)
    except NeverOpen:
        again = None
    doing.do(session, item, Did.CALL, me().name, now, key=key, to=said, words=words, then=again)


def _may_contact(session: Session, item: Feedback, words: str, now: datetime, doubt: bool) -> None:
    """Raises Refused where contact is barred, with a number that somebody said in a message too.

    A call that was right when its number was shown is written down, whatever was said meanwhile.
    """
    shown = doing.shown_number(session, item, me().name, now - A_CALL)
    if shown or safeguarding.elsewhere(item, doubt=doubt):
        return
    try:
        safeguarding.may_contact(item, me().role, words, doubt=doubt)
    except moves.Refused as why:
        raise Wrong("call_words", str(why)) from None


def _page(given: str, filled: Mapping[str, str], errors: Errors, found: str | None = None) -> str:
    now = datetime.now(UTC)
    with house().database.reading() as session:
        item = desk.item(session, signs(given)) or abort(404)
        tries, doubt = doing.calls(session, [item.id]), of_phone.in_doubt(session, item)
        barred = _refused(_may_contact, session, item, "asked below", now, doubt)
    refused = _refused(outcomes.may_ring, item, me().name, now)
    return render_template(
        "desk/ring.html",
        item=item,
        tries=tries,
        refused=refused,
        barred=barred,
        contact=safeguarding.contact_words(item, doubt=doubt),
        needs_reason=safeguarding.needs_reason(item, me().role, doubt=doubt),
        elsewhere=safeguarding.elsewhere(item, doubt=doubt),
        found=found,
        typed=filled,
        errors=errors,
        key=new_key(),
        calls=outcomes.CALLS,
    )


def _refused(rule: Callable[..., None], *facts: object) -> str | None:
    """Why a rule refuses, as the page says it; None where it does not."""
    try:
        rule(*facts)
    except moves.Refused as why:
        return str(why)
    return None
