"""The lead's Monday: what came while we were closed, what is late, and how good the flags are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from flask import render_template, request
from sqlalchemy.orm import Session

from handlers.desk.guard import bp
from handlers.house import house
from hours import Hours
from store import accounts, known, safeguarding, samples
from store import monday as rows
from store.models import Feedback
from triage import absence, due, periods, tiers

AT_MOST = (20, 100, 500)  # of each list: what is beyond the first number is a press away
WEEKS, MONTHS = 8, 3
T = TypeVar("T")


@bp.get("/monday")
def monday() -> str:
    """The page. For lead and deputy."""
    most = shown()
    now, hours = datetime.now(UTC), house().door.script.line.opening
    closed = periods.closed_since(hours, now)
    with house().database.reading() as session:
        weekend = rows.urgent_since(session, closed, most + 1)
        still_open = rows.urgent_open(session, most + 1)
        away = absence.absent(accounts.everybody(session), hours, now)
        numbers = {item.id for item in (*weekend, *still_open)}
        return render_template(
            "desk/monday.html",
            at_most=most,
            further=next((step for step in AT_MOST if step > most), None),
            closed=closed,
            weekend=weekend,
            still_open=still_open,
            entries=by_item(safeguarding.entries(session, sorted(numbers))),
            alerts=by_item(rows.alerts_of(session, numbers)),
            calls=rows.unacknowledged(session, most + 1),
            late=late(rows.longest_waiting(session, now, most + 1), hours, now)[: most + 1],
            away=away,
            looked=known.looked,
            absent=rows.assigned(session, away, most + 1),
            **judged(session, now),
        )


def shown() -> int:
    """How much of each list was asked for."""
    asked = request.args.get("most", type=int)
    return asked if asked in AT_MOST else AT_MOST[0]


def late(items: Sequence[Feedback], hours: Hours, now: datetime) -> Sequence[Feedback]:
    """Those whose promise is broken, the longest overdue first."""
    promises = [(due.due(item, hours), item) for item in items]
    broken = [(found.at, item.id, item) for found, item in promises
              if found and due.overdue(found, now)]  # fmt: skip
    return [item for _, _, item in sorted(broken, key=lambda one: one[:2])]


def judged(session: Session, now: datetime) -> Mapping[str, object]:
    """What people made of the program's flags by month, and of the samples by week."""
    months = safeguarding.judged(session, periods.months(now, MONTHS))
    weeks = periods.weeks(now, WEEKS)
    return {
        "rates": {month: tiers.rates(found) for month, found in months.items()},
        "weeks": weeks,
        "sampled": samples.by_week(session, weeks),
    }


def by_item(found: Iterable[T]) -> Mapping[int, list[T]]:
    """Rows that hang on items, by item."""
    hung: defaultdict[int, list[T]] = defaultdict(list)
    for row in found:
        hung[row.feedback_id].append(row)  # type: ignore[attr-defined]
    return hung
