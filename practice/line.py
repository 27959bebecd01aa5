"""Asking the line: one signed request, one usable answer or one of Twilio's errors."""

from collections.abc import Mapping
from dataclasses import dataclass

import requests

from practice.signature import sign

RETRIEVAL_FAILED = 11200
TIMED_OUT = 11205


class LineError(Exception):
    """The line gave nothing that Twilio could use; ``code`` is Twilio's number for it."""

    def __init__(self, code: int, url: str, reason: str) -> None:
        super().__init__(f"{code}: {reason} ({url})")
        self.code = code
        self.url = url


@dataclass(frozen=True)
class Answer:
    """What the line sent back from ``url``, which its relative addresses start from."""

    url: str
    body: bytes
    content_type: str


@dataclass(frozen=True)
class Line:
    """Where the line is, and the account in whose name it is called.

    ``public_url`` is signed; ``line_url`` is where the connection really goes, so that a line
    that calls itself https://line.example can be tried behind no proxy at all.
    """

    public_url: str
    line_url: str
    account_sid: str
    auth_token: str
    time_out: float

    def ask(self, url: str, fields: Mapping[str, str], method: str = "POST") -> Answer:
        """Send the fields to ``url``, signed; raise LineError unless the answer is a 2xx."""
        response = self._send(self._signed(url, fields, method), url)
        if not 200 <= response.status_code < 300:
            raise LineError(RETRIEVAL_FAILED, url, f"the line answered {response.status_code}")
        content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(url, response.content, content_type)

    def _signed(self, url: str, fields: Mapping[str, str], method: str) -> requests.PreparedRequest:
        """Sign the address as it goes over the wire: requests may write it a little otherwise."""
        is_form = method.upper() == "POST"
        carried = {"data": dict(fields)} if is_form else {"params": dict(fields)}
        reached = _moved(url, self.public_url, self.line_url)
        request = requests.Request(method.upper(), reached, **carried).prepare()
        signed = _moved(request.url or reached, self.line_url, self.public_url)
        signature = sign(signed, fields if is_form else {}, self.auth_token)
        request.headers["X-Twilio-Signature"] = signature
        return request

    def _send(self, request: requests.PreparedRequest, url: str) -> requests.Response:
        """Send it past any proxy of this machine: the line is next door."""
        with requests.Session() as session:
            session.trust_env = False
            try:
                return session.send(request, timeout=self.time_out, allow_redirects=False)
            except requests.Timeout as error:
                reason = f"no answer within {self.time_out:g} seconds"
                raise LineError(TIMED_OUT, url, reason) from error
            except requests.RequestException as error:
                raise LineError(RETRIEVAL_FAILED, url, "the line cannot be reached") from error


def _moved(url: str, old: str, new: str) -> str:
    return new + url.removeprefix(old) if url.startswith(old + "/") else url
