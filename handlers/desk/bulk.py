"""Several items at once: given away, moved or finished; and put back within ten minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.board import Error, show
from handlers.desk.filters import Asked, choices, read
from handlers.desk.form import form_key, new_key, read_moment, typed
from handlers.desk.guard import bp, me
from handlers.desk.may import LEADS, WORKS
from handlers.desk.moving import hand, moved
from handlers.desk.words import counted, reference, signs
from handlers.house import house
from store import bulk as rows
from store import doing
from store.doing_rows import Bulk
from store.models import Feedback, Status
from triage import bulk, moves

NAMED = 10  # items left out that one sentence names


@dataclass(frozen=True)
class Bar:
    """What stands under a queue: the acts, colleagues to give to, and the last act to undo."""

    acts: dict[str, str]
    colleagues: Sequence[str]
    last: Bulk | None
    key: str


def bar() -> Bar:
    """The bar for whoever is looking at a queue."""
    with house().database.reading() as session:
        mine = None if me().role in LEADS else me().name
        names, last = rows.bar(session, WORKS, mine, datetime.now(UTC))
    return Bar(bulk.ACTS, names, last, new_key())


@bp.post("/bulk")
def together() -> ResponseReturnValue:
    """Do one thing to all that were chosen. What is left out is named: what a colleague has open,
    and what is no longer as the page of the ticks showed it.
    """
    chosen = [signs(given) for given in request.form.getlist("items")][: bulk.MOST]
    act, key, to = typed("act"), form_key(), {"mine": me().name, "colleague": typed("to")}
    errors = _wrong(chosen, act, to["colleague"])
    if errors:
        sent = {"act": act, "to": to["colleague"], "reason": typed("reason"), "made": typed("made")}
        return show(_asked(), {**sent, "ticked": request.form.getlist("items")}, errors), 422
    with house().database.writing() as session:
        row = rows.begin(session, key, me().name, datetime.now(UTC))
        said = _done(session, row, chosen, act, to.get(act, "")) if row else ["Done already."]
    for words in said:
        flash(words)
    return queue()


def queue() -> ResponseReturnValue:
    """Back to the page of the queue that the form stood under."""
    return redirect(f"{url_for('desk.board')}?{urlencode(_asked().here)}")


def keep(session: Session, row: Bulk, item: Feedback, before: rows.State) -> None:
    """Write down in an act what it did to an item."""
    session.flush()
    done = {"id": item.id, "reference": item.reference, "before": before, "after": rows.state(item)}
    row.items = [*row.items, done]


def left_out(names: Iterable[tuple[str, str]]) -> list[str]:
    """The sentence that names what was left out of an act, and why; none when nothing was."""
    some = [f"{reference(mark)} ({why.rstrip('.')})" for mark, why in names]
    if not some:
        return []
    more = f" and {len(some) - NAMED} more" if len(some) > NAMED else ""
    return [f"Left out: {', '.join(some[:NAMED])}{more}."]


def _done(session: Session, row: Bulk, chosen: list[str], act: str, to: str) -> list[str]:
    skipped, items, made = [], rows.chosen(session, chosen), read_moment(typed("made"))
    changed = rows.changed(session, items, me().name, made) if made else {}
    for item in items:
        before = rows.state(item)
        try:
            bulk.check(item, act, me().name, row.at)
            if made:
                bulk.check_seen(item, made, changed.get(item.id))
            _act(session, item, act, to, row.at)
        except moves.Refused as why:
            skipped.append((item.reference, str(why)))
            continue
        keep(session, row, item, before)
    row.words = f"{bulk.said(act, to)}: {counted(len(row.items), 'item')}" if row.items else ""
    return [f"{row.words}." if row.words else "Nothing was changed.", *left_out(skipped)]


def _act(session: Session, item: Feedback, act: str, to: str, at: datetime) -> None:
    if act not in (Status.IN_PROGRESS, Status.FINISHED):
        hand(session, item, to, at)
        return
    moved(session, item, item.status, act, typed("reason"), at)


def _asked() -> Asked:
    return read(dict(parse_qsl(typed("query"))), choices())


def _wrong(chosen: list[str], act: str, colleague: str) -> list[Error]:
    """What is missing, each beside its field. All of it at once: nobody fills in a form twice."""
    found = [] if chosen else [("bulk", "Tick some items first, then choose what to do.")]
    if act not in bulk.ACTS:
        return [*found, ("act", "Choose what to do with the items.")]
    if act == "colleague":
        with house().database.reading() as session:
            names = {name for name, _ in doing.colleagues(session, WORKS)}
        if colleague not in names:
            found.append(("bulk-to", "Choose the colleague to give them to."))
    if act == Status.FINISHED and not 0 < len(typed("reason")) <= moves.LONGEST_REASON:
        most = f"{moves.LONGEST_REASON} characters or fewer"
        found.append(("bulk-reason", f"Write why they are finished, in {most}."))
    return found
