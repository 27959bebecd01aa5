"""Asks Twilio, and reads what it sends, whole: bounded in size and in time; failures have names."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import requests
from urllib3.exceptions import HTTPError

# Account and token; or what leaves a request without them.
Auth = tuple[str, str] | Callable[[requests.PreparedRequest], requests.PreparedRequest]


class TwilioAway(Exception):
    """Twilio could not be asked, or gave no sensible answer; the message says which."""


class NoVoicemail(TwilioAway):
    """What Twilio sent can be no voice message, and hardly will be one when asked again."""


def asked(
    method: str,
    url: str,
    auth: Auth,
    timeout: tuple[float, float],
    fields: Mapping[str, str] | None = None,
    by: Callable[..., requests.Response] = requests.request,
    away: Callable[[str], TwilioAway] = TwilioAway,
) -> requests.Response:
    """Whatever Twilio answers, its body not read yet; raises `away` where it cannot be reached."""
    try:
        return by(
            method,
            url,
            data=fields,
            auth=auth,
            timeout=timeout,
            stream=True,
            allow_redirects=False,
        )
    except requests.RequestException as why:
        raise away(f"Twilio could not be reached ({type(why).__name__})") from None


def whole(answer: requests.Response, most: int, longest: float, too_large: str) -> bytes:
    """The body; urllib3 itself minds the promised length. Raises TwilioAway.

    More than `most` bytes are a NoVoicemail, with `too_large` as its message.
    """
    body, until = bytearray(), time.monotonic() + longest
    try:
        # Not read(): a body that drips would hold it, and this worker, for as long as it likes.
        while part := answer.raw.read1(65536, decode_content=True):
            body += part
            if len(body) > most:
                raise NoVoicemail(too_large)
            if time.monotonic() > until:
                raise TwilioAway(f"The download took longer than {longest:g} s")
    except (HTTPError, OSError) as why:
        raise TwilioAway(f"The download broke off ({type(why).__name__})") from None
    return bytes(body)


def put_by(answer: requests.Response) -> None:
    """Read the little that comes at once, for then the connection serves the next request too."""
    with suppress(HTTPError, OSError):
        answer.raw.read1(65536)
