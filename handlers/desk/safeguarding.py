"""The safeguarding record of an item: each decision, who was told, when, by whom. It only grows."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import abort, flash, request
from flask.typing import ResponseReturnValue

from handlers.desk.form import read_moment, typed
from handlers.desk.guard import bp, me
from handlers.desk.item import back, page
from handlers.desk.newer import all_read
from handlers.desk.tiers import shown
from handlers.desk.words import signs
from handlers.house import house
from store import desk
from store import safeguarding as rows
from store.safeguarding_rows import Entry
from triage import moves, safeguarding, tiers


@bp.post("/feedback/<given>/safeguarding")
def record(given: str) -> ResponseReturnValue:
    """Add a line. 409 when a colleague added one meanwhile or its person said more, 422 when this
    one will not do.
    """
    now = datetime.now(UTC)
    try:
        with house().database.writing() as session:
            found = desk.locked(session, signs(given)) or abort(404)
            lines = rows.entries(session, [found.id])
            unseen(lines)
            all_read(found)
            tiers.unchanged(found.tier, shown(session, found, found.tier or tiers.NONE))
            line = filled_in()
            decision = safeguarding.check(found, line, me().role, now)
            entry = Entry(
                feedback_id=found.id,
                at=now,
                by=me().name,
                decision=decision,
                told=line.told,
                done_at=line.done_at,
                words=line.words,
                corrects=corrected(lines),
            )
            if not twice(lines, entry):
                rows.write(session, found, entry)
    except moves.Stale as why:
        return page(given, request.form, [("decision", str(why))]), 409
    except moves.Wrong as why:
        return page(given, request.form, [(why.field, str(why))]), 422
    except moves.Refused as why:
        return page(given, request.form, [("words", str(why))]), 422
    flash("It stands in the safeguarding record.")
    return back(given, "record")


def filled_in() -> safeguarding.Given:
    """The form's fields, cleaned."""
    at = read_moment(typed("done_at"))
    return safeguarding.Given(typed("decision"), typed("told"), at, typed("words"))


def unseen(lines: Sequence[Entry]) -> None:
    """Raises Stale when the record grew while the form was open: nobody tells the council twice.
    Nobody is told of their own line as of somebody's."""
    if (
        lines
        and lines[-1].by != me().name
        and request.form.get("record_seen", "") != str(lines[-1].id)
    ):
        raise moves.Stale(
            f"{lines[-1].by} wrote in the record while you had it open. Read that first, "
            "then save yours if it still holds."
        )


def twice(lines: Sequence[Entry], new: Entry) -> bool:
    """Whether a form was sent twice: its line is the last of the record already."""
    same = ("by", "decision", "told", "done_at", "words", "corrects")
    return bool(lines) and all(getattr(lines[-1], name) == getattr(new, name) for name in same)


def corrected(lines: Sequence[Entry]) -> int | None:
    """The line of this item that the new one puts right, if it says so."""
    given = request.form.get("corrects", "")
    if not given:
        return None
    if given not in {str(line.id) for line in lines}:
        raise moves.Wrong("corrects", "Choose a line of this item's record to correct.")
    return int(given)
