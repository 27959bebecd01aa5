"""Whether the process lives, and whether a row can be taken."""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from handlers.house import house

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """200 while the process lives."""
    return Response("alive\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    """200 `ready`; 200 `degraded` with what, while rows can be taken; 503 when they cannot."""
    try:
        with house().database.writing() as session:
            session.execute(text("SELECT 1 FROM ledger LIMIT 1"))
    except SQLAlchemyError:
        return Response("the database takes no rows\n", 503, mimetype="text/plain")
    if house().bell.depth() is None:
        return Response(
            "degraded: the queue is away; the sweep will ring again\n", mimetype="text/plain"
        )
    return Response("ready\n", mimetype="text/plain")
