"""Refuses what Twilio did not sign: 403, an empty body, and nothing of it is used or stored."""

import hmac
import logging
from collections.abc import Sequence

from flask import Request, Response, abort, request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from config import Settings
from handlers.house import house
from handlers.metrics import refused

WEBHOOKS = frozenset({"sms", "voice"})  # blueprints that only Twilio's signature opens

log = logging.getLogger(__name__)


def refuse_unsigned() -> None:
    """Runs before every webhook. Aborts with 403 unless Twilio signed it for our account."""
    settings = house().settings
    if not (
        signed(request, settings.public_url, settings.twilio_auth_tokens)
        and for_us(request, settings)
    ):
        refused().add()
        log.warning("a webhook without our signature was refused: %r", request.path[:40])
        abort(Response(status=403))


def signed(came: Request, public_url: str, tokens: Sequence[str]) -> bool:
    """Whether one of our tokens signed exactly this: the raw address and every field.

    `request.url` would not do: it decodes %27 and its like, and a genuine request would fail.
    """
    url = public_url + came.environ.get("RAW_URI", came.full_path)
    given = came.headers.get("X-Twilio-Signature", "")
    return any(_signed_by(token, url, came.form, given) for token in tokens)


def _signed_by(token: str, url: str, form: MultiDict[str, str], given: str) -> bool:
    """Twilio signs the address as it was told it; only what does not fit goes to its whole check,
    which asks after the address with and without a port, and reads all anew for each."""
    check = RequestValidator(token)
    as_told = check.compute_signature(url, form).encode()
    return hmac.compare_digest(as_told, given.encode()) or bool(check.validate(url, form, given))


def for_us(came: Request, settings: Settings) -> bool:
    """A subaccount's traffic is signed with its own token; ours names our account, and no other."""
    return set(came.form.getlist("AccountSid")) == {settings.twilio_account_sid}
