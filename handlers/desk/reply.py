"""Answering a person by text: queued once, sent by the workers, never on a guess."""

from datetime import UTC, datetime

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dialogue.reply_intake import await_words
from handlers.desk.form import filled, form_key, typed
from handlers.desk.guard import bp, me
from handlers.desk.item import back, page
from handlers.desk.words import reference, signs
from handlers.house import house
from store import desk, of_phone, talks
from store import replies as rows
from store.models import Feedback
from store.queue import SEND
from triage import moves, replies, safeguarding


@bp.post("/feedback/<given>/reply")
def reply(given: str) -> ResponseReturnValue:
    """Send a text to whoever told us this. 422 when it may not go, with why.

    `use` puts one of the line's own texts into the form, before what stands there.
    """
    if "use" in request.form:
        return page(given, {**request.form, "reply": _begun(given)}, [])
    key = form_key()
    try:
        with house().database.writing() as session:
            sender = _held(session, given)
            item = desk.locked(session, signs(given)) or abort(404)
            number = _queued(session, item, key, sender)
    except moves.Wrong as why:
        return page(given, request.form, [(why.field, str(why))]), 422
    if number is None:
        flash("That text was on its way already. It is sent once.")
    else:
        house().bell.ring(SEND, number)
        flash("Your text is on its way. Below you see how it fares.")
    return back(given, "replies")


def _held(session: Session, given: str) -> str | None:
    """The number of ours to text them from, and their thread with it locked before the item, as a
    text of theirs does: in the other order each would wait for the other, and a "not safe" that
    comes meanwhile be broken off (PostgreSQL).
    """
    item = desk.shown(session, signs(given))
    if item is None:
        return None
    sender = house().door.script.line.sender_to(rows.sender(session, house().seal, item))
    if item.caller_id and sender:
        talks.texted(session, item.caller_id, sender)
        session.expire_all()  # what was read before the lock may have changed since
    return sender


def _queued(session: Session, item: Feedback, key: str, sender: str | None) -> int | None:
    line = house().door.script.line
    body, reason = typed("reply"), typed("reply_reason")
    doubt = of_phone.in_doubt(session, item)
    replies.check(
        item,
        item.caller,
        me().role,
        reason=reason,
        body=body,
        segments=filled(body),
        line=line.name,
        doubt=doubt,
    )
    replies.check_new(item, body, rows.last(session, item, but=key))
    if not sender:
        raise moves.Wrong("reply", "The line has no number to text from. Tell the operator.")
    now = datetime.now(UTC)
    made = rows.make(
        session,
        item,
        key=key,
        sender=sender,
        body=body,
        by=me().name,
        at=now,
        reason=reason,
        agreed=safeguarding.agreed(item, by_text=True, doubt=doubt),
    )
    if made and item.caller:
        await_words(session, item, item.caller, sender, now)
    return made


def _begun(given: str) -> str:
    """The chosen text of the line, in place of another of them, before what somebody wrote."""
    script, own = house().door.script, typed("reply")
    language, hours = script.line.languages[0], script.line.hours_at(datetime.now(UTC))
    known = script.replies(language, reference(signs(given)), hours)
    for _, words in known.values():
        own = own.removeprefix(words).strip()
    chosen = known.get(request.form.get("use", ""), ("", ""))[1]
    return "\n\n".join(filter(None, [chosen, own]))
