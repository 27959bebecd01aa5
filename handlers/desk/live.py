"""What changed meanwhile, asked for by pages that are open: counts, title, how many are new."""

from flask import Response, jsonify, request

from handlers.desk.board import number, urgent
from handlers.desk.filters import choices, read, wanted
from handlers.desk.guard import bp
from handlers.house import house
from store import board as queues
from store import needs as stored
from store.needs import Need

MOST_NEW = 100


@bp.get("/live")
def live() -> Response:
    """Counts of every queue, and how many items came to this one since number `since`; or 304."""
    asked = read(request.args, choices())
    since = request.args.get("since", "")
    with house().database.reading() as session:
        counts = stored.counts(session)
        new = (
            queues.arrived(session, wanted(asked), int(since), MOST_NEW)
            if since.isascii() and since.isdecimal() and len(since) < 19
            else 0
        )
    answer = jsonify(
        title=f"{urgent(counts)}{asked.title}",
        counts={need.value: number(counts[need]) for need in Need},
        new=new,
    )
    answer.add_etag()
    answer.make_conditional(request)
    return answer
