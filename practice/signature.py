"""The mark by which the line knows that a request is Twilio's."""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def sign(url: str, fields: Mapping[str, str], token: str) -> str:
    """Return the ``X-Twilio-Signature`` of a form sent to the full ``url``.

    A GET has all it carries in the URL: give it no fields.
    """
    text = url + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode("ascii")
