"""The end of coding an item: finished, or left open for what is still owed; and on to the next."""

from datetime import datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from handlers.desk.guard import me
from handlers.desk.moving import moved
from handlers.desk.words import reference
from store import corrections, holding, needs
from store.history import history
from store.models import Feedback, Status
from triage import moves, owed
from triage.needs import GIVEN_OUT


def end(session: Session, item: Feedback, now: datetime) -> str:
    """Finish a coded item, unless something is still owed; what became of it, in words.

    Raises Refused where nobody has listened, or the lead must finish it.
    """
    listened(item)
    session.flush()
    open_ = owed.owed(item, needs.of(session, [item.id])[item.id], history(session, item))
    if open_:
        holding.hold(session, item.id, me().name, now)  # or it would come back as the next
        return f"{reference(item.reference)} is checked and coded. {open_}"
    reason = "Heard, checked and coded." if item.recordings else "Read and coded."
    moved(session, item, request.form.get("status_seen", ""), Status.FINISHED, reason, now)
    return f"{reference(item.reference)} is checked, coded and finished."


def listened(item: Feedback) -> None:
    """Raises Refused while a recording with sound was heard by nobody."""
    unheard = [n for n, take in enumerate(item.recordings, 1) if corrections.unheard(take)]
    if unheard:
        raise moves.Refused(
            f"Listen to all of recording {unheard[0]} and tick that you did. "
            "Or save it, and finish it with a reason under “Move it”."
        )


def following(session: Session, now: datetime) -> str | None:
    """Claim the next item for whoever asks; its reference, or None when nobody waits."""
    return holding.take(session, GIVEN_OUT, me().name, now, decides=me().decides)


def onward(reference_: str | None) -> ResponseReturnValue:
    """To the next item, at its sound; to the queues when nobody waits."""
    if reference_ is None:
        flash("Nothing else waits for anybody.")
        return redirect(url_for("desk.board"))
    return redirect(url_for("desk.item", given=reference(reference_), _anchor="begin"))
