"""What Twilio has of an account, page by page: to catch up with it, and to look up what we sent."""

import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests

from workers.carrier_body import TwilioAway, asked, whole

Row = dict[str, Any]

CONNECT, READ, LONGEST = 5, 20, 60
PAGE, MOST_PAGES = 1000, 10_000
MOST_BYTES = 50_000_000

# A list may be asked for again without harm: four times, then the next round comes to it.
TRIES, FIRST_WAIT, LONGEST_WAIT = 4, 1.0, 30.0


class Hurried(TwilioAway):
    """Not this time, but perhaps in a moment; `after`: the seconds that Twilio asked for."""

    def __init__(self, why: str, after: float = 0.0) -> None:
        super().__init__(why)
        self.after = after


class Lists:
    """Messages, calls and recordings of one account. Everything here may raise TwilioAway."""

    def __init__(
        self,
        account: str,
        token: str,
        api_url: str,
        read: float = READ,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._auth, self._read, self._pause = (account, token), read, pause
        self._origin = api_url
        self._home = f"/2010-04-01/Accounts/{account}"

    def pages(
        self, kind: str, filters: dict[str, str], alive: Callable[[], None] = lambda: None
    ) -> Iterator[list[Row]]:
        """Every page of a list (`Messages`, `Calls`, `Recordings`); one is held at a time.

        `alive` is called before each try: whoever holds a turn meanwhile can say so.
        """
        page = f"{self._home}/{kind}.json?{urlencode({**filters, 'PageSize': PAGE})}"
        for _ in range(MOST_PAGES):
            answer = self._json(page, alive)
            yield rows(answer, kind.lower())
            further = answer.get("next_page_uri")
            if not further:
                return
            page = self._within(page, str(further))
        raise TwilioAway(f"Twilio's list of {kind} does not end")

    def one(self, kind: str, sid: str) -> Row | None:
        """One thing by its SID, or None where Twilio has it no more."""
        found = self._json(f"{self._home}/{kind}/{sid}.json")
        return found or None

    def _json(self, page: str, alive: Callable[[], None] = lambda: None) -> Row:
        for tries in range(TRIES - 1):
            alive()
            try:
                return self._once(page)
            except Hurried as why:
                # Not all at once: several hosts may be catching up after the same outage.
                backing_off = FIRST_WAIT * 2**tries * random.uniform(1.0, 1.5)  # noqa: S311
                self._pause(max(backing_off, why.after))
        alive()
        return self._once(page)

    def _once(self, page: str) -> Row:
        timeout = CONNECT, self._read
        with asked("GET", self._origin + page, self._auth, timeout, away=Hurried) as answer:
            return read(answer)

    def _within(self, page: str, further: str) -> str:
        # The token goes with every request: never to a place that an answer names.
        there = urlsplit(urljoin(self._origin + page, further))
        if f"{there.scheme}://{there.netloc}" != self._origin:
            raise TwilioAway(f"Twilio's list goes on at another place ({there.netloc})")
        return f"{there.path}?{there.query}"


def read(answer: requests.Response) -> Row:
    """The JSON of an answer; nothing for a 404. Raises Hurried or TwilioAway."""
    status = answer.status_code
    if status == 404:
        return {}
    if status == 429 or status >= 500:
        asked = answer.headers.get("Retry-After", "")
        after = float(asked) if asked.isascii() and asked.isdigit() else 0.0
        if after > LONGEST_WAIT:
            raise TwilioAway(f"Twilio answered {status}, and to come back in {after:g} s")
        raise Hurried(f"Twilio answered {status}", after)
    if status != 200:
        raise TwilioAway(f"Twilio answered {status}")
    try:
        found = json.loads(whole(answer, MOST_BYTES, LONGEST, "The list is too large"))
    except ValueError:
        raise TwilioAway("Twilio's answer is unreadable") from None
    if not isinstance(found, dict):
        raise TwilioAway("Twilio's answer is unreadable")
    return found


def rows(answer: Row, name: str) -> list[Row]:
    """The things on one page. Raises TwilioAway for an answer without them."""
    things = answer.get(name)
    if not isinstance(things, list):
        raise TwilioAway(f"Twilio's answer has no {name}")
    return [thing for thing in things if isinstance(thing, dict)]
