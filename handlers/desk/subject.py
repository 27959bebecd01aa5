"""Subject access: one person's data as a file, for lead and deputy. A number is never in a URL."""

import io
from datetime import UTC, datetime

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from dialogue import numbers
from handlers.desk.form import typed
from handlers.desk.guard import bp, me
from handlers.desk.words import signs
from handlers.house import house
from store import looks
from store.access_rows import Kept
from store.recordings import StoreAway
from store.whose import whose
from triage import subject as whole
from triage import subject_file

UNKNOWN = "Nothing is known of that. Write a number like 07700 900123, or a reference."
AWAY = "The place where sound lies cannot be used just now. Try again later."


@bp.get("/subject")
def subject() -> str:
    """The form."""
    return render_template("desk/subject.html", errors=[], typed={})


@bp.post("/subject", endpoint="subject_file")
def give() -> ResponseReturnValue:
    """The file. 422 for nobody that the line knows."""
    given, at = typed("whose"), datetime.now(UTC)
    here = house()
    line = here.door.script.line
    with here.database.writing() as session:
        phone, items = whose(session, here.seal, numbers.typed(given), signs(given))
        if not items and phone is None:
            return _wrong(UNKNOWN), 422
        data = whole.subject(session, here.seal, items, phone, line.retention.periods)
        takes = whole.sounds(items)
        for one in items:
            looks.keep(session, me().name, Kept.SUBJECT, at, feedback_id=one.id)
    out = io.BytesIO()  # not a file of the system's: on a disk no voice lies unsealed
    try:
        subject_file.write(out, data, takes, here.recordings, line.name)
    except StoreAway:
        return _wrong(AWAY), 503
    name = f"subject-{at:%Y%m%dT%H%M%S}.zip"
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(out.getvalue(), mimetype="application/zip", headers=headers)


def _wrong(words: str) -> str:
    return render_template("desk/subject.html", errors=[("whose", words)], typed=request.form)
