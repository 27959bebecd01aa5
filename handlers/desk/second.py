"""A second pair of eyes: some items are coded twice, blind; where two differ, somebody chooses."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.code import ticked
from handlers.desk.coded import Form, Typed, choices_for, read
from handlers.desk.coded_words import NAMES
from handlers.desk.guard import bp, me
from handlers.desk.heard import takes_of
from handlers.desk.looked import keep_opened
from handlers.desk.may import LEADS
from handlers.desk.words import hidden, reference, signs
from handlers.house import house
from hours import LONDON
from store import coding as rows
from store import corrections, desk, search
from store.coding_rows import Awaits, Coding, Reading
from store.models import Feedback
from triage import agreement, coding, suggestions

LISTED = 50
SIDES = ("first", "second")
Errors = list[tuple[str, str]]
Chosen = Mapping[str, str | None]  # whose choice is to stand, by the field on which they differ


class Two(NamedTuple):
    """Two readings of one item, where they differ, and whether who looks is free to choose."""

    item: Feedback
    first: Coding
    other: Coding
    differing: Sequence[str]
    free: bool


@bp.get("/second")
def seconds() -> str:
    """What waits for a second reader or for a choice, and how well two readers agree."""
    now = datetime.now(UTC)
    with house().database.reading() as session:
        return render_template(
            "desk/seconds.html",
            to_read=rows.awaiting(session, Awaits.SECOND, me().name, LISTED),
            to_settle=rows.awaiting(session, Awaits.SETTLING, me().name, LISTED),
            agreement=agreement.agreements(
                rows.pairs(session, now), list(house().taxonomy.listed.themes)
            ),
            accepted=suggestions.rates(rows.offers(session, now)),
            names=NAMES,
            share=agreement.SHARE,
            days=rows.LOOKED_BACK.days,
        )


@bp.route("/feedback/<given>/second", methods=["GET", "POST"])
def second(given: str) -> ResponseReturnValue:
    """Code an item without seeing how a colleague did. 404 when it waits for nobody but them; words
    of danger are read on their own page, behind their warning, and by nobody for the figures.
    """
    if request.method == "GET":
        return blind(given, {}, [])
    now = datetime.now(UTC)
    try:
        with house().database.writing() as session:
            item, first = waiting(session, given, Awaits.SECOND, lock=True)
            values = read(request.form)
            coding.check(item, values, choices_for(item), now.astimezone(LONDON).date())
            corrections.check(item, ticked(), me().name, now)
            rows.keep(session, item, values, by=me().name, at=now, reading=Reading.SECOND, of=first)
            differing = agreement.differing(first.coded, values)
            first.awaits = Awaits.SETTLING if differing else None
    except coding.Wrong as why:
        return blind(given, request.form, why.errors), 422
    flash(
        "You differ on some points: see both. Somebody who read neither time, or the lead, chooses."
        if differing
        else "You both chose the same. Thank you for the second look."
    )
    return redirect(url_for("desk.settle", given=given) if differing else url_for("desk.seconds"))


@bp.route("/feedback/<given>/settle", methods=["GET", "POST"])
def settle(given: str) -> ResponseReturnValue:
    """Two codings side by side; for each point on which they differ one is chosen.

    The two who differ see the page, and choose nothing: 403 (`agreement.may_settle`).
    """
    if request.method == "GET":
        return side_by_side(given, {}, [])
    with house().database.writing() as session:
        two = _two(session, given, lock=True)
        if not two.free:
            abort(403)
        chosen = {name: request.form.get(name) for name in two.differing}
        missing = [(n, "Choose one of the two.") for n, side in chosen.items() if side not in SIDES]
        if not missing:
            _chosen(session, two, chosen)
    if missing:
        return side_by_side(given, chosen, missing), 422
    flash(f"{reference(two.item.reference)} is settled.")
    return redirect(url_for("desk.seconds"))


def side_by_side(given: str, chosen: Chosen, errors: Errors) -> str:
    """Both codings, point by point; what was chosen before one was missing stays chosen."""
    with house().database.reading() as session:
        two = _two(session, given)
    return render_template(
        "desk/settle.html", **two._asdict(), chosen=chosen, names=NAMES, errors=errors
    )


def _two(session: Session, given: str, *, lock: bool = False) -> Two:
    item, first = waiting(session, given, Awaits.SETTLING, lock=lock)
    other = rows.second(session, first) or abort(404)
    free = agreement.may_settle(me().name, (first.by, other.by), leads=me().role in LEADS)
    return Two(item, first, other, agreement.differing(first.coded, other.coded), free)


def _chosen(session: Session, two: Two, chosen: Chosen) -> None:
    stands, now = put(two, chosen), datetime.now(UTC)
    rows.keep(
        session, two.item, stands, by=me().name, at=now, reading=Reading.SETTLED, of=two.first
    )
    two.first.awaits = None
    search.due(session, two.item.id)


def put(two: Two, chosen: Chosen) -> dict[str, Any]:
    """Put the chosen values on the item, over what stands there now."""
    sides = dict(zip(SIDES, (two.first.coded, two.other.coded), strict=True))
    stands = coding.of(two.item)
    stands |= {name: sides[side].get(name) for name, side in chosen.items() if side}
    coding.put(two.item, stands)
    return stands


def waiting(
    session: Session, given: str, awaits: Awaits, *, lock: bool = False
) -> tuple[Feedback, Coding]:
    """The item and the first reading of it that waits for this; 404 when there is none.

    `lock` both to change them. Who only looks holds up nobody, no webhook either.
    """
    find = desk.locked if lock else desk.shown
    item = find(session, signs(given)) or abort(404)
    first = rows.waits(session, item, awaits, lock=lock) or abort(404)
    if awaits is Awaits.SECOND:
        _for_me(item, first)
    return item, first


def _for_me(item: Feedback, first: Coding) -> None:
    """404 for who coded it first. Who finds that it has become urgent is sent to its warning."""
    if first.by == me().name:
        abort(404)
    if hidden(item):
        flash("It was marked as urgent since it was coded. Nobody needs to read it twice.")
        abort(redirect(url_for("desk.item", given=reference(item.reference))))


def blind(given: str, typed: Typed, errors: Errors) -> str:
    """The words and an empty form: of the first coding nothing is shown, nor suggested."""
    with house().database.reading() as session:
        item = desk.item(session, signs(given)) or abort(404)
        _for_me(item, rows.waits(session, item, Awaits.SECOND) or abort(404))
        takes = takes_of(session, item)
    keep_opened(item)
    own = coding.own(item)
    empty = {**dict.fromkeys(coding.FIELDS), "themes": [], **own}
    values = read(typed) if typed else empty
    form = Form(values, own, [], coding.rateable(item), 0, [], frozenset())
    return render_template(
        "desk/second.html", item=item, takes=takes, coding=form, typed=typed, errors=errors
    )
