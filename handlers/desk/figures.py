"""What people say about each service, in honest numbers: a page, and each table of it as CSV."""

import csv
import io
from datetime import UTC, datetime

from flask import Response, abort, render_template, request

from handlers.desk.board import number
from handlers.desk.counted import counted
from handlers.desk.figure_filters import BACK, Asked, Labels, labels, read, tags
from handlers.desk.guard import bp, me
from handlers.desk.looked import keep_taken
from handlers.desk.may import LEADS
from handlers.house import house
from store import changes, providers
from store import figures as rows
from triage import naming, periods
from triage.cells import cell
from triage.figure_tables import DASH, Table
from triage.outcomes import STAGES

CHANGES = 50  # of “you said, we did”, on one page


@bp.get("/figures")
def figures() -> str:
    """The page. For everybody who looks at feedback; how good the flags are, for the leads."""
    now, listed = datetime.now(UTC), labels()
    asked = read(request.args, listed, now)
    tables = _tables(asked, listed, now)
    with house().database.reading() as session:
        waits = rows.waiting(session)
        known = providers.by_ids(session, [asked.provider or ""])
        told = changes.told(session, asked.wanted, CHANGES)
    about = known.get(asked.provider or "")
    return render_template(
        "desk/figures.html",
        asked=asked,
        choices=listed,
        periods=periods.fixed(now, BACK),
        tags=tags(asked, listed, about.name if about else None),
        tables=tables,
        changes=[(naming.name(item.provider), item, deed) for item, deed in told],
        stages=STAGES,
        most=CHANGES,
        waits={name: number(count) for name, count in waits.items()},
        now=now,
    )


@bp.get("/figures/<given>.csv")
def figures_csv(given: str) -> Response:
    """One table as CSV, with the same numbers hidden. 404 when there is none of that name."""
    now, listed = datetime.now(UTC), labels()
    asked = read(request.args, listed, now)
    table = next((t for t in _tables(asked, listed, now) if t.key == given), None) or abort(404)
    since, until = asked.query["since"], asked.query["until"]
    keep_taken(f"figures {table.key}, {since} to {until}")
    name = f"figures-{table.key}-{since}-{until}.csv"
    return Response(
        as_csv(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def as_csv(table: Table) -> bytes:
    """A table as a spreadsheet may safely open it; the mark in front tells Excel: UTF-8."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerows(
        [[v if v == DASH else cell(v) for v in row] for row in (table.head, *table.rows)]
    )
    return out.getvalue().encode("utf-8-sig")


def _tables(asked: Asked, listed: Labels, now: datetime) -> list[Table]:
    with house().database.reading() as session:
        return counted(session, asked, listed, now, me().role in LEADS)
