"""Asks Twilio's two APIs for what lies in them; each time-out and refusal has a name."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests

from workers.carrier import CONNECT, READ, TwilioAway
from workers.carrier_body import asked, whole
from workers.carrier_lists import rows

Json = dict[str, Any]

# A charity has a handful of numbers; a list that never ends is somebody's mistake.
MOST_PAGES = 100
MOST_BYTES, LONGEST = 1_000_000, 60  # of one answer, and the seconds that it may take


class Api:
    """Twilio's API and its messaging API, for one account. Everything may raise TwilioAway."""

    def __init__(self, account: str, token: str, api_url: str) -> None:
        self._auth = (account, token)
        self._origins = {"/2010": api_url, "/v1/S": messaging_origin(api_url)}

    def json(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Json:
        """The answer to one request."""
        with self._ask(method, path, fields) as answer:
            if answer.status_code >= 300:
                raise TwilioAway(f"Twilio answered {answer.status_code} to {method} {path}")
            try:
                read: Json = json.loads(whole(answer, MOST_BYTES, LONGEST, "It is too large"))
            except ValueError:
                raise TwilioAway(f"Twilio's answer to {method} {path} is unreadable") from None
            return read

    def every(self, path: str, name: str) -> list[Json]:
        """Every thing of a list, however many pages it has."""
        things: list[Json] = []
        page = f"{path}?PageSize=100"
        for _ in range(MOST_PAGES):
            answer = self.json("GET", page)
            things += rows(answer, name)
            further = answer.get("next_page_uri") or answer.get("meta", {}).get("next_page_url")
            if not further:
                return things
            page = self._within(further)
        raise TwilioAway(f"Twilio's list of {name} does not end")

    def stranger(self, path: str) -> int:
        """The HTTP status that somebody without our token gets."""
        with self._ask("GET", path, known=False) as answer:
            return answer.status_code

    def _within(self, further: str) -> str:
        # The token goes with every request: never to a place that an answer names.
        parts = urlsplit(further)
        if parts.netloc and f"{parts.scheme}://{parts.netloc}" not in self._origins.values():
            raise TwilioAway(f"Twilio's list goes on at another place ({parts.netloc})")
        return f"{parts.path}?{parts.query}"

    def _ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, known: bool = True
    ) -> requests.Response:
        auth = self._auth if known else _nobody
        return asked(method, self._origins[path[:5]] + path, auth, (CONNECT, READ), fields)


def messaging_origin(api_url: str) -> str:
    """Where Messaging Services are kept: beside Twilio's own API, or with whatever plays it."""
    host = urlsplit(api_url).hostname or ""
    own = host.startswith("api.") and host.endswith(".twilio.com")
    return api_url.replace("//api.", "//messaging.", 1) if own else api_url


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without this, requests would sign in with whatever a .netrc on this machine says.
    return request
