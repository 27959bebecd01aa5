"""Twilio's REST API: the account's numbers and Messaging Services, read and changed."""

import hmac
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from practice.numbers import Numbers, Thing, place, service, usual
from practice.paging import NoTokenError, page
from practice.rest_door import ACCOUNT, not_found, problem, refuse_strangers
from practice.web import the_phone

rest_numbers = Blueprint("rest_numbers", __name__, url_prefix=ACCOUNT)
rest_numbers.before_request(refuse_strangers)
rest_services = Blueprint("rest_services", __name__, url_prefix="/v1/Services")


@rest_services.before_request
def refuse_other_accounts() -> Response | None:
    """Answer 401 to whoever does not give the account's name and token: no path names it here."""
    line, given = the_phone().line, request.authorization
    said = f"{given.username}:{given.password}" if given else ""
    right = f"{line.account_sid}:{line.auth_token}"
    if hmac.compare_digest(said.encode(), right.encode()):
        return None
    return problem(401, 20003, "Authenticate")


@rest_numbers.get("/IncomingPhoneNumbers.json")
def numbers(account: str) -> Response:
    """Return a page of numbers."""
    return _page("incoming_phone_numbers", _kept().numbers.oldest_first())


@rest_numbers.route("/IncomingPhoneNumbers/<sid>.json", methods=["GET", "POST"])
def number(account: str, sid: str) -> Response:
    """Return one number, changed if the form says so."""
    return _one(_kept().numbers.get(sid))


@rest_services.get("")
def services() -> Response:
    """Return a page of services."""
    return _with_meta(_page("services", _kept().services.oldest_first()), "services")


@rest_services.post("")
def new_service() -> Response:
    """Make a service; it drops every text until it has an address."""
    made = service(request.form.get("FriendlyName", ""))
    made.change(request.form)
    _kept().services.put(made)
    return _created(made)


@rest_services.route("/<sid>", methods=["GET", "POST"])
def one_service(sid: str) -> Response:
    """Return one service, changed if the form says so."""
    return _one(_kept().services.get(sid))


@rest_services.get("/<sid>/PhoneNumbers")
def service_numbers(sid: str) -> Response:
    """Return a page of the numbers that stand in a service."""
    there = [p for p in _kept().places.oldest_first() if p.fields["service_sid"] == sid]
    return _with_meta(_page("phone_numbers", there), "phone_numbers")


@rest_services.post("/<sid>/PhoneNumbers")
def put_in(sid: str) -> Response:
    """Put a number, named by its id, in a service."""
    found = _kept().numbers.get(request.form.get("PhoneNumberSid", ""))
    if found is None or _kept().services.get(sid) is None:
        return not_found()
    there = place(found, sid)
    _kept().places.put(there)
    return _created(there)


def _kept() -> Numbers:
    found: Numbers = current_app.extensions.setdefault("numbers", usual(the_phone()))
    return found


def _one(thing: Thing | None) -> Response:
    if thing is None:
        return not_found()
    thing.change(request.form)
    return jsonify(thing.shown())


def _created(thing: Thing) -> Response:
    response = jsonify(thing.shown())
    response.status_code = 201
    return response


def _page(name: str, things: list[Thing]) -> Response:
    shown = [thing.shown() for thing in things]
    try:
        return jsonify(page(request.path, name, shown, request.args.to_dict()))
    except NoTokenError:
        return problem(400, 70002, "A page number needs its PageToken")
    except ValueError:
        return problem(400, 20001, "Page, PageSize or PageToken cannot be read")


def _with_meta(listed: Response, name: str) -> Response:
    """The newer API says the same of a page in another way: full addresses, under `meta`."""
    if listed.status_code != 200:
        return listed
    old: dict[str, Any] = listed.get_json()
    further = old["next_page_uri"]
    url = f"{request.host_url.rstrip('/')}{further}" if further else None
    meta = {"key": name, "page": old["page"], "page_size": old["page_size"], "next_page_url": url}
    return jsonify({name: old[name], "meta": meta})
