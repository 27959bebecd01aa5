"""What goes: wishes to decide, what waits, what time takes next, holds, and what has gone."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice

from flask import render_template
from sqlalchemy.orm import Session

from handlers.desk.guard import bp
from handlers.desk.kept_until import KINDS
from handlers.house import house
from store import holds, removals, rounds
from triage.going import Going, going, others

AT_MOST = 50  # of each list
COUNTED = 5000  # more than this is "5,000+": nobody reads it, and it takes time to find
AHEAD = (7, 30)


@bp.get("/going", endpoint="going")
def show() -> str:
    """The page. For lead and deputy."""
    now, retention = datetime.now(UTC), house().door.script.line.retention
    with house().database.reading() as session:
        ahead = now + timedelta(days=AHEAD[-1])
        coming = list(islice(going(session, retention.periods, ahead), COUNTED))
        coming.sort(key=lambda one: one.until.at)
        return render_template(
            "desk/going.html",
            at_most=AT_MOST,
            kinds=KINDS,
            days=dict(retention),
            ahead=AHEAD,
            to_decide=removals.to_decide(session, AT_MOST),
            waiting=removals.waiting(session, AT_MOST),
            items=[one for one in coming if one.reference][:AT_MOST],
            counts=_counts(session, coming, now),
            standing=holds.standing(session, AT_MOST),
            gone=removals.lately(session, AT_MOST),
            last=rounds.last(session).get(rounds.RETENTION),
            removed=rounds.counted(session, rounds.RETENTION),
            decide_within=removals.TO_DECIDE,
        )


def _counts(session: Session, coming: list[Going], now: datetime) -> dict[int, Counter[str]]:
    """How much of each kind goes, by how many days ahead; 0: it is over its time."""
    days = {ahead: now + timedelta(days=ahead) for ahead in (0, *AHEAD)}
    periods = house().door.script.line.retention.periods
    rest = others(session, periods, list(days.values()), COUNTED)
    return {
        ahead: Counter(str(one.until.kind) for one in coming if one.until.at <= by) + more
        for (ahead, by), more in zip(days.items(), rest, strict=True)
    }
