"""How urgent people say an item is: confirmed, raised, or lowered with a reason."""

from datetime import UTC, datetime

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.form import typed
from handlers.desk.guard import bp, me
from handlers.desk.item import back, page
from handlers.desk.newer import all_read
from handlers.desk.words import TIERS, signs
from handlers.house import house
from store import alerts, desk, safeguarding, samples
from store.models import Feedback, Status
from tiers import URGENT
from triage import moves, tiers


@bp.post("/feedback/<given>/tier")
def tier(given: str) -> ResponseReturnValue:
    """Judge an item's tier. 409 when it changed or grew meanwhile, 422 when this may not be."""
    reason = typed("tier_reason")
    wanted = request.form.get("tier", "")
    try:
        with house().database.writing() as session:
            found = desk.locked(session, signs(given)) or abort(404)
            all_read(found)
            seen = shown(session, found, "")
            after = tiers.check(found.tier, seen, wanted, reason, me().role)
            if after != found.tier or seen == request.form.get("tier_seen", ""):  # not sent twice
                judge(session, found, after, reason, datetime.now(UTC))
    except moves.Stale as why:
        return page(given, request.form, [("tier", str(why))]), 409
    except moves.Refused as why:
        lacks = wanted in (*TIERS, tiers.NONE) and (
            not reason or len(reason) > moves.LONGEST_REASON
        )
        return page(given, request.form, [("tier_reason" if lacks else "tier", str(why))]), 422
    flash(f"It is marked {TIERS[after]}." if after else "It is marked as nothing urgent.")
    return back(given, "tier-now")


def shown(session: Session, item: Feedback, otherwise: str) -> str:
    """The tier that somebody's page showed (`otherwise`, where it does not say). What it is now,
    where they made it so themselves since: nobody is told of their own act as of somebody's."""
    seen = request.form.get("tier_seen", otherwise)
    if seen == (item.tier or tiers.NONE):
        return seen
    last = safeguarding.last_change(session, item)
    mine = (me().name, seen, item.tier)
    if last and (last.by, last.before or tiers.NONE, last.after) == mine:
        return item.tier or tiers.NONE
    return seen


def judge(session: Session, item: Feedback, after: str | None, reason: str, at: datetime) -> None:
    """Set the tier. What is raised comes back to the queue, and calls the rota where it must."""
    machine = said_by_machine(session, item)
    if tiers.lowers(after, item.tier):
        raised(session, item, after, at)
        if machine is None:
            samples.missed(session, item, me().name, at)
    elif after is None:
        samples.lowered(session, item, me().name, at)
    safeguarding.set_tier(session, item, after, by=me().name, machine=machine, reason=reason, at=at)


def said_by_machine(session: Session, item: Feedback) -> str | None:
    """What the program says of an item, whatever people have made of it since."""
    last = safeguarding.last_change(session, item)
    return tiers.said_by_machine(item, (last.after, last.machine) if last else None)


def raised(session: Session, item: Feedback, after: str | None, at: datetime) -> None:
    """What follows when a person makes an item more urgent."""
    if item.status is Status.FINISHED:
        desk.move(session, item, Status.NEW, me().name, f"Raised to {after}.", at)
    if after in URGENT and me().role not in moves.SAFEGUARDING:
        alerts.open_for(session, item, alerts.Why(after), at)
