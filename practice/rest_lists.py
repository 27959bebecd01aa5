"""Twilio's REST API: what the account keeps, listed, read and deleted."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date
from email.utils import parsedate_to_datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request

from practice.paging import NoTokenError, page
from practice.rest_door import ACCOUNT, not_found, problem, refuse_strangers
from practice.rest_json import Json, call_json, recording_json, text_json
from practice.shelf import Shelf
from practice.web import the_phone

rest_lists = Blueprint("rest_lists", __name__, url_prefix=ACCOUNT)
rest_lists.before_request(refuse_strangers)

FILTERS = {"To": "to", "From": "from", "CallSid": "call_sid", "Status": "status"}
DATES = {
    "DateSent": "date_sent",
    "StartTime": "start_time",
    "EndTime": "end_time",
    "DateCreated": "date_created",
}
# `StartTime>=2026-11-23` is the parameter `StartTime>` with a day: the days at its ends count.
SIGNS = {"": operator.eq, ">": operator.ge, "<": operator.le}


@dataclass(frozen=True)
class Kind:
    """One kind of thing that the account keeps, and how it is written."""

    shelf: Shelf[Any]
    to_json: Callable[[Any], Json]


@rest_lists.get("/<kind>.json")
def listed(account: str, kind: str) -> Response:
    """Return a page, newest first."""
    if kind not in _kinds(account):
        return not_found()
    kept = _kinds(account)[kind]
    things = [kept.to_json(thing) for thing in reversed(kept.shelf.oldest_first())]
    try:
        wanted = [thing for thing in things if _is_wanted(thing)]
        return jsonify(page(request.path, kind.lower(), wanted, request.args.to_dict()))
    except NoTokenError:
        return problem(400, 70002, "A page number needs its PageToken")
    except ValueError:
        return problem(400, 20001, "A date, Page, PageSize or PageToken cannot be read")


@rest_lists.get("/<kind>/<sid>.json")
def one(account: str, kind: str, sid: str) -> Response:
    """Return one call, text or recording, or 404."""
    kept = _kinds(account).get(kind)
    thing = kept.shelf.get(sid) if kept else None
    return jsonify(kept.to_json(thing)) if kept and thing else not_found()


@rest_lists.delete("/<kind>/<sid>.json")
def deleted(account: str, kind: str, sid: str) -> Response:
    """Forget one call, text or recording: 204, and 404 from then on."""
    kept = _kinds(account).get(kind)
    return Response(status=204) if kept and kept.shelf.remove(sid) else not_found()


def _kinds(account: str) -> dict[str, Kind]:
    phone = the_phone()
    return {
        "Calls": Kind(phone.calls, call_json),
        "Messages": Kind(phone.texts, lambda text: text_json(text, account)),
        "Recordings": Kind(phone.recordings, recording_json),
    }


def _is_wanted(thing: Json) -> bool:
    asked = {field: request.args[name] for name, field in FILTERS.items() if name in request.args}
    return all(thing.get(field) == value for field, value in asked.items()) and all(
        passes(thing.get(field), request.args[name + sign], holds)
        for name, field in DATES.items()
        for sign, holds in SIGNS.items()
        if name + sign in request.args
    )


def passes(moment: str | None, day: str, holds: Callable[[date, date], bool]) -> bool:
    """Whether a moment's UTC day stands so to a day; Twilio promises no more than days."""
    if moment is None:
        return False
    return holds(parsedate_to_datetime(moment).astimezone(UTC).date(), date.fromisoformat(day[:10]))
