"""What an item is about, saved: with the tick of whoever listened; and ended, if they say so."""

import random
from datetime import UTC, datetime

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.coded import choices_for, open_for, read
from handlers.desk.ending import end, following, onward
from handlers.desk.guard import bp, me
from handlers.desk.heard import takes_of, words_of
from handlers.desk.item import back, page
from handlers.desk.newer import said_since
from handlers.desk.words import signs
from handlers.house import house
from hours import LONDON
from store import coding as rows
from store import corrections, desk, search
from store.coding_rows import Awaits, Coding
from store.models import Feedback
from tiers import URGENT
from triage import agreement, coding, moves, suggestions

ENDS = ("finish", "next")


@bp.post("/feedback/<given>/coding")
def code(given: str) -> ResponseReturnValue:
    """Save the coding and the ticks; with `do` also end it, and go on to the next item.

    409 when a colleague coded or moved it meanwhile or its person said more, 422 when something
    will not do; what was chosen stays in the form. `accept` puts suggestions into the form, and
    saves nothing.
    """
    if {"accept", "find"} & request.form.keys():
        return page(given, request.form, [])
    now, do = datetime.now(UTC), request.form.get("do", "")
    try:
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            said = save(session, item, now)
            if do in ENDS:
                said = end(session, item, now)
            after = following(session, now) if do == "next" else None
    except coding.Wrong as why:
        return page(given, request.form, why.errors), 422
    except moves.Stale as why:
        return page(given, request.form, [("coding", str(why))]), 409
    except moves.Refused as why:
        return page(given, request.form, [("do", str(why))]), 422
    flash(said)
    if do == "next":
        return onward(after)
    return back(given, "coding")


def save(session: Session, item: Feedback, now: datetime) -> str:
    """Keep the ticks and the coding; what was kept, in words. Ticks alone are no coding yet."""
    values = read(request.form)
    last = rows.last(rows.of(session, item))
    alone = ticks_alone(item, values)
    stale = [said_since(item), "" if alone else coded_since(last)]
    if any(stale):
        raise moves.Stale(" ".join(filter(None, stale)))
    corrections.check(item, ticked(), me().name, now)
    if alone:
        return "It is kept that you listened to it."
    coding.check(item, values, choices_for(item), now.astimezone(LONDON).date())
    if last is None or rows.due(item) or coding.changed(last.coded, values):
        keep(session, item, values, now, first=last is None)
    return "Coded."


def ticks_alone(item: Feedback, values: dict[str, object]) -> bool:
    """Whether the form says that somebody listened, and changes nothing else."""
    listened = bool(ticked()) and request.form.get("do") not in ENDS
    return listened and not coding.changed(coding.of(item), values)


def coded_since(last: Coding | None) -> str:
    """What to tell whoever saves when a colleague did so since the page was made; or nothing."""
    if request.form.get("coding_seen", "") == str(last.id if last else 0):
        return ""
    by = last.by if last else "A colleague"
    return (
        f"{by} coded this while you had it open. Below is yours, under “Coded so far” theirs. "
        "Save again to let yours stand."
    )


def ticked() -> set[int]:
    """The recordings of which the form says that somebody listened to all of them."""
    return {int(n) for n in request.form.getlist("heard") if n.isascii() and n.isdecimal()}


def keep(
    session: Session, item: Feedback, values: dict[str, object], now: datetime, first: bool
) -> None:
    """Keep one coding. Of first ones a random share goes to a second reader, except what is hard
    to read: nobody reads words of danger twice for the figures.
    """
    offered: list[str] = []
    if first:
        said = words_of(item, takes_of(session, item))
        offered = suggestions.marks(open_for(item, said, coding.of(item)))
    drawn = first and item.tier not in URGENT and agreement.drawn(random.random())  # noqa: S311
    coding.put(item, values)
    search.due(session, item.id)
    rows.keep(
        session,
        item,
        values,
        by=me().name,
        at=now,
        offered=offered,
        taken=suggestions.taken(offered, values),
        awaits=Awaits.SECOND if drawn else None,
    )
