"""Sends a text by Twilio's API, and says what is known of it afterwards: sent, not sent, unsure."""

import json
from dataclasses import dataclass
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from workers.carrier_body import TwilioAway, whole

# Seconds. All of them together are shorter than the claim on a text.
CONNECT, READ, LONGEST = 5, 20, 20
MOST_BYTES = 1_000_000

# Not the text's fault: our token, our account, too many at once, a queue that is full.
LATER = frozenset({20003, 20005, 20404, 20429, 21611})


class Refused(Exception):
    """Twilio will not send this text, now or later; `code` is its number for the reason."""

    def __init__(self, code: int) -> None:
        super().__init__(f"Twilio refused it ({code})")
        self.code = code


class NotTaken(Exception):
    """Surely not sent: it may be tried again."""


class Unsure(Exception):
    """Twilio may have it, or may not: look before it is sent again."""


@dataclass(frozen=True)
class Sent:
    """What Twilio made of a text that it took."""

    sid: str
    status: str


class Texts:
    """The outbox of one account."""

    def __init__(
        self, account: str, token: str, api_url: str, callback: str | None, read: float = READ
    ) -> None:
        self._auth, self._callback, self._read = (account, token), callback, read
        self._url = f"{api_url}/2010-04-01/Accounts/{account}/Messages.json"

    def send(self, sender: str, to: str, body: str) -> Sent:
        """Post one text, once. Raises Refused, NotTaken or Unsure."""
        fields = {"From": sender, "To": to, "Body": body}
        if self._callback:
            fields["StatusCallback"] = self._callback
        try:
            answer = requests.post(
                self._url,
                data=fields,
                auth=self._auth,
                timeout=(CONNECT, self._read),
                allow_redirects=False,
                stream=True,
            )
        except requests.ConnectionError as why:
            if never_connected(why):
                raise NotTaken("Twilio could not be reached") from None
            raise Unsure(f"The connection broke off ({type(why).__name__})") from None
        except requests.RequestException as why:
            raise Unsure(f"Twilio did not answer ({type(why).__name__})") from None
        with answer:
            return _made_of(answer)


def never_connected(why: requests.ConnectionError) -> bool:
    """Whether it failed before a single byte of the text could have left."""
    inner = why.args[0] if why.args else None
    reason = inner.reason if isinstance(inner, MaxRetryError) else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _made_of(answer: requests.Response) -> Sent:
    said, status = _read(answer), answer.status_code
    if status in (200, 201) and isinstance(said.get("sid"), str):
        return Sent(said["sid"], str(said.get("status", "")))
    if 400 <= status < 500 and status != 408:
        code = said.get("code")
        if not isinstance(code, int) or code in LATER or status == 429:
            raise NotTaken(f"Twilio answered {status}")
        raise Refused(code)
    raise Unsure(f"Twilio answered {status}")


def _read(answer: requests.Response) -> dict[str, Any]:
    try:
        said = json.loads(whole(answer, MOST_BYTES, LONGEST, "Twilio's answer is too large"))
    except TwilioAway as why:
        raise Unsure(str(why)) from None
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
