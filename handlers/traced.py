"""A line in the log for each webhook, with the trace id that its worker's lines carry too."""

import logging

from flask import Blueprint, Response, request

from handlers.signature import WEBHOOKS
from store import logs

bp = Blueprint("traced", __name__)

# A call's own SID before its recording's: the whole call reads as one.
SIDS = ("CallSid", "MessageSid", "RecordingSid")

log = logging.getLogger(__name__)


@bp.before_app_request
def forget() -> None:
    """This thread answered somebody else before; what it logs now belongs to this webhook."""
    logs.follow(_sid() if request.blueprint in WEBHOOKS else None)


@bp.after_app_request
def tell(answer: Response) -> Response:
    """Of each webhook that was let in; what was refused is told where it is refused."""
    if request.blueprint in WEBHOOKS and answer.status_code == 200:
        log.info("a webhook is answered: %s", request.endpoint)
    return answer


def _sid() -> str | None:
    return next((request.form[name] for name in SIDS if request.form.get(name)), None)
