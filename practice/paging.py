"""Lists of Twilio's API, a page at a time."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from practice.rest_json import Json

MOST = 1000
USUAL = 50
PREFIX = "PA"


class NoTokenError(Exception):
    """A page number alone was asked for: Twilio wants the token from ``next_page_uri``."""


def page(path: str, name: str, things: Sequence[Json], query: dict[str, str]) -> dict[str, Any]:
    """Return one page of ``things``, in their order.

    The token names the last thing of the page before, so a text that comes in meanwhile neither
    repeats one nor hides one. Raises NoTokenError, or ValueError for a wrong number or token.
    """
    size = min(max(int(query.get("PageSize", USUAL)), 1), MOST)
    number = int(query.get("Page", 0))
    start = _start(things, query.get("PageToken", ""), number)
    shown = things[start : start + size]
    following = _address(path, query, number + 1, shown) if len(things) > start + size else None
    return {
        name: list(shown),
        "page": number,
        "page_size": size,
        "start": start,
        "end": max(start + len(shown) - 1, 0),
        "uri": f"{path}?{urlencode(query)}",
        "first_page_uri": f"{path}?PageSize={size}&Page=0",
        "next_page_uri": following,
        "previous_page_uri": None,
    }


def _start(things: Sequence[Json], token: str, number: int) -> int:
    if not token:
        if number:
            raise NoTokenError
        return 0
    sids = [PREFIX + thing["sid"] for thing in things]
    return sids.index(token) + 1


def _address(path: str, query: dict[str, str], number: int, shown: Sequence[Json]) -> str:
    further = query | {"Page": str(number), "PageToken": PREFIX + shown[-1]["sid"]}
    return f"{path}?{urlencode(further)}"
