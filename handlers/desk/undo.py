"""An act on several items, taken back."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.bulk import queue
from handlers.desk.guard import bp, me
from handlers.desk.may import LEADS
from handlers.desk.words import counted, reference
from handlers.house import house
from store import bulk as rows
from store import desk, doing, known, safeguarding
from store.doing_rows import Did
from store.models import Feedback, Status
from tiers import URGENT
from triage import bulk, moves


@bp.post("/bulk/<int(max=2147483647):number>/undo")
def undo(number: int) -> ResponseReturnValue:
    """Put back what an act changed, but for items that somebody changed since: those are named."""
    now = datetime.now(UTC)
    with house().database.writing() as session:
        row = rows.locked(session, number) or abort(404)
        if row.by != me().name and me().role not in LEADS:
            abort(403)
        if row.undone_at or row.at <= now - rows.UNDONE_FOR:
            done = f"{row.undone_by} undid it already." if row.undone_at else ""
            flash(done or "That was too long ago to undo.")
            return queue()
        row.undone_at, row.undone_by = now, me().name
        changed = [
            one["reference"] for one in row.items if not _put_back(session, one, row.at, now)
        ]
        back = len(row.items) - len(changed)
    flash(f"Undone: {counted(back, 'item')} as before.")
    if changed:
        flash(
            "Not put back, as somebody changed them since, or only the lead may finish them: "
            f"{', '.join(map(reference, changed))}."
        )
    return queue()


def _put_back(session: Session, one: dict[str, Any], since: datetime, at: datetime) -> bool:
    item = rows.item(session, one["id"])
    if item is None or not bulk.unchanged(rows.state(item), one["after"]):
        return False
    if one["before"]["status"] == Status.FINISHED and _stays_open(session, item, since):
        return False
    if one["before"]["status"] != item.status.value:
        desk.move(session, item, Status(one["before"]["status"]), me().name, "Undone.", at)
    rows.restore(item, one["before"])
    doing.do(session, item, Did.UNDONE, me().name, at)
    return True


def _stays_open(session: Session, item: Feedback, since: datetime) -> bool:
    """Whether an item that was finished is not finished by undoing: its person said more, its
    record grew, or whoever undoes could not finish it by hand either.
    """
    lines = safeguarding.entries(session, [item.id])
    if bulk.said_since(item, since) or (lines and lines[-1].at > since):
        return True
    mine = moves.choices(item.status, item.tier, me().role)
    urgent = item.tier in URGENT and not known.decided(item)
    return item.status is not Status.FINISHED and (urgent or Status.FINISHED not in mine)
