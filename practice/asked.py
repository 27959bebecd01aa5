"""What a JSON request of the page or of an end-to-end test asks for."""

from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from practice.phone import WITHHELD
from practice.written import written_number


def body() -> dict[str, Any]:
    """Return the request's JSON object; BadRequest when it is anything else.

    Only application/json is read (else 415): no other site's form can send that here.
    """
    given = request.get_json()
    if not isinstance(given, dict):
        raise BadRequest("send a JSON object")
    return given


def words(name: str, default: str | None = None) -> str:
    """Return a string of the request; BadRequest when it is missing or something else."""
    value = body().get(name, default)
    if not isinstance(value, str):
        raise BadRequest(f"{name} is missing")
    return value


def caller() -> str:
    """Return who texts or rings; a number that is not given is withheld."""
    return WITHHELD if body().get("from") is None else written_number(words("from"))
