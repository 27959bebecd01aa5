"""Words put right while listening: phrase by phrase, or a whole take; nothing is overwritten."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dialogue import items, signals, urgent_items
from handlers.desk.guard import bp, me
from handlers.desk.heard import Take, take_of, takes_of
from handlers.desk.item import back, page
from handlers.desk.tiers import said_by_machine
from handlers.desk.words import signs
from handlers.house import house
from store import corrections as rows
from store import desk, safeguarding, samples
from store.corrections import Wording
from store.models import Feedback, Recording, Status
from tiers import higher
from triage import corrections, ears
from triage.urgency import Found

Urgency = Mapping[str, Found]


class Clash(Exception):
    """A colleague changed the same words meanwhile. `same`: it is still the same phrase."""

    def __init__(self, same: bool) -> None:
        super().__init__(
            "A colleague changed these words while you were writing. Look at both, then choose."
            if same
            else "These words were written anew while you had them open. Put yours in again there."
        )
        self.same = same


@bp.post("/feedback/<given>/recordings/<int(max=2147483647):number>/words")
def correct(given: str, number: int) -> ResponseReturnValue:
    """Save one phrase, or a whole take. 409 when somebody changed it meanwhile, 422 when too long.

    With `part` only the words of that take come back: the page stays, and the voice plays on.
    """
    try:
        urgent = foreseen(given, number)
        with house().database.writing() as session:
            item = desk.locked(session, signs(given)) or abort(404)
            take = desk.recording(session, signs(given), number) or abort(404)
            save(session, item, take, datetime.now(UTC), urgent)
    except Clash as why:
        return answer(given, number, str(why), again=why.same), 409
    except corrections.Wrong as why:
        return answer(given, number, str(why)), 422
    if "part" in request.form:
        return answer(given, number)
    flash("Your correction is kept beside the machine’s version.")
    return back(given, f"recording-{number}")


def foreseen(given: str, number: int) -> Urgency:
    """What cannot wait in the words before and after, worked out while nothing is locked:
    reading a long take by its meaning may last a second, and callers write meanwhile.
    """
    with house().database.reading() as session:
        take = desk.recording(session, signs(given), number) or abort(404)
        shown, language = take_of(take, rows.of(session, [take])[take.id]), take.language
    wording = typed(shown)
    if wording is None or wording.after == wording.before:
        return {}
    found = {text: urgency(language, text) for text in (shown.text, wording.whole)}
    rest = corrections.without(wording.whole, shown.text, found[shown.text].phrases)
    return {**found, rest: urgency(language, rest)}


def urgency(language: str, text: str) -> Found:
    """The tier of a text by the ear of its language."""
    return ears.tier([house().urgent.get(language, ears.Ear())], text)


def typed(shown: Take) -> Wording | None:
    """What the form makes of these words; None where they have no such phrase. Raises Wrong."""
    phrase = chosen()
    if phrase is not None and phrase >= len(shown.phrases):
        return None
    before = shown.text if phrase is None else shown.phrases[phrase].text
    after = corrections.check(request.form.get("wording", ""))
    after = after if phrase is None else " ".join(after.split())
    return Wording(phrase, before, after, shown.with_(phrase, after, me().name))


def save(session: Session, item: Feedback, take: Recording, at: datetime, urgent: Urgency) -> None:
    """Keep what was typed as a new row. Saving what stands there already keeps nothing."""
    shown, phrase = take_of(take, rows.of(session, [take])[take.id]), chosen()
    clash = rows.meanwhile(take, shown.saves, request.form.get("seen", ""), phrase)
    if clash is not None:
        raise Clash(bool(clash) and phrase is not None and all(r.phrase == phrase for r in clash))
    wording = typed(shown) or abort(404)
    if wording.after == wording.before:
        return
    rows.keep(session, take, shown.version, wording, by=me().name, at=at)
    new = added(take.language, shown.text, wording.whole, urgent)
    now = known(take.language, wording.whole, urgent)
    items.signal(item, signals.found(house().door.script, wording.whole, now.tier))
    raise_by(session, item, new, at)


def chosen() -> int | None:
    """The phrase that the form is about; None for the whole take."""
    given = request.form.get("phrase", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else None


def added(language: str, before: str, whole: str, urgent: Urgency) -> Found:
    """What cannot wait in the words as they stand, by what was put in. What a colleague had read
    before is left out: where they lowered it, it would hide what is new.
    """
    was, now = (known(language, text, urgent) for text in (before, whole))
    if higher(now.tier, was.tier) != was.tier:
        return now
    rest = corrections.without(whole, before, was.phrases)
    found = known(language, rest, urgent)
    # What it only sounds like stands in no words, and cannot be left out of them.
    new = tuple(p for p in found.phrases if p not in was.phrases or p in rest)
    return Found(found.tier if new else None, new)


def known(language: str, text: str, urgent: Urgency) -> Found:
    """What was foreseen of a text; where a colleague's words came in between, it is another."""
    return urgent.get(text) or urgency(language, text)


def raise_by(session: Session, item: Feedback, new: Found, at: datetime) -> None:
    """The urgency only ever rises, and only by what the new words add: a tier that a colleague
    lowered is not raised again by the words they had read.
    """
    if new.tier is None or higher(new.tier, item.tier) == item.tier:
        return
    standing = item.tier
    misheard(session, item, new.tier, at)
    urgent_items.flag(item, new.tier, list(new.phrases), at)
    urgent_items.summon(session, item, new.tier, standing, at)
    if item.status is Status.FINISHED:
        why = f"Raised to {new.tier} by a correction."
        desk.move(session, item, Status.NEW, me().name, why, at)


def misheard(session: Session, item: Feedback, after: str, at: datetime) -> None:
    """A person heard what the program had not: it counts as missed, not as a flag of its own.

    It is no look: whoever mends a phrase has perhaps not heard the rest.
    """
    machine = said_by_machine(session, item)
    reason = "By a correction of what was heard."
    safeguarding.keep_change(
        session, item, after, by=me().name, machine=machine, reason=reason, at=at
    )
    if machine is None:
        samples.missed(session, item, me().name, at)


def answer(given: str, number: int, wrong: str = "", again: bool = False) -> str:
    """The words of the take as they stand now, with what was typed if it could not be kept."""
    typed = {**request.form, "take": str(number), "again": "1" if again else ""} if wrong else {}
    if "part" not in request.form:
        return page(given, typed, [(f"wording-{number}", wrong)])
    with house().database.reading() as session:
        item = desk.item(session, signs(given)) or abort(404)
        takes = enumerate(takes_of(session, item), 1)
        n, shown = next(((n, t) for n, t in takes if t.row.id == number), None) or abort(404)
    return render_template("desk/words.html", item=item, heard=shown, n=n, typed=typed, wrong=wrong)
