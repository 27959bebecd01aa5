"""The door of Twilio's REST API: who may come in, and how a refusal is written."""

import hmac

from flask import Response, jsonify, request

from practice.rest_json import VERSION
from practice.web import the_phone

ACCOUNT = f"/{VERSION}/Accounts/<account>"


def refuse_strangers() -> Response | None:
    """Answer 401 to whoever does not give the account's name and token."""
    line, given = the_phone().line, request.authorization
    name, password = (given.username, given.password) if given else (None, None)
    asked_for = (request.view_args or {}).get("account")
    said = f"{name}:{password}@{asked_for}".encode()
    right = f"{line.account_sid}:{line.auth_token}@{line.account_sid}".encode()
    if hmac.compare_digest(said, right):
        return None
    response = problem(401, 20003, "Authenticate")
    response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return response


def problem(status: int, code: int, message: str) -> Response:
    """Return an error in Twilio's form."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    response = jsonify(code=code, message=message, more_info=more, status=status)
    response.status_code = status
    return response


def not_found() -> Response:
    """Return Twilio's 404."""
    return problem(404, 20404, f"The requested resource {request.path} was not found")
