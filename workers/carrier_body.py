"""Reads what Twilio sends, whole: bounded in size and in time, and each failure has a name."""

import time
from contextlib import suppress

import requests
from urllib3.exceptions import HTTPError


class TwilioAway(Exception):
    """Twilio could not be asked, or gave no sensible answer; the message says which."""


class NoVoicemail(TwilioAway):
    """What Twilio sent can be no voice message, and hardly will be one when asked again."""


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
