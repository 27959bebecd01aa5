"""Whether the process lives, and whether a row can be taken."""

from collections.abc import Iterator

from flask import Blueprint, Response

from handlers.house import house
from handlers.shelter import shelter

bp = Blueprint("health", __name__)

PLAIN = "text/plain"


@bp.get("/healthz")
def alive() -> Response:
    """200 while the process lives."""
    return Response("alive\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    """200 `ready`; 200 `degraded` with what, while a row can be taken somewhere; else 503."""
    there, spool = shelter().rows.there(), shelter().spool.takes()
    if not there and not spool:
        return Response("neither the database nor the spool takes a row\n", 503, mimetype=PLAIN)
    wrong = "; ".join(_missing(there, spool))
    return Response(f"degraded: {wrong}\n" if wrong else "ready\n", mimetype=PLAIN)


def _missing(there: bool, spool: bool) -> Iterator[str]:
    if not there:
        yield "the database is away; the spool keeps what comes"
    if not spool:
        yield "the spool takes no row; the database does"
    waiting = shelter().spool.depth()
    if waiting:
        yield f"{waiting} in the spool wait for the database"
    if house().bell.depth() is None:
        yield "the queue is away; the sweep will ring again"
