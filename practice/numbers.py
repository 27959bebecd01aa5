"""Numbers and Messaging Services of the account, as Twilio's API writes and changes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from practice.phone import Phone
from practice.shelf import Shelf, new_sid

Json = dict[str, Any]


@dataclass
class Thing:
    """A number, a service or a number's place in one: an id, and fields that a POST changes."""

    sid: str
    fields: Json

    def change(self, form: Mapping[str, str]) -> None:
        """Set the fields that a form names in Twilio's way (VoiceUrl for voice_url)."""
        for name, value in form.items():
            key = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
            if key in self.fields:
                self.fields[key] = value == "true" if value in ("true", "false") else value

    def shown(self) -> Json:
        """Return it as the API writes it."""
        return {"sid": self.sid, **self.fields}


@dataclass
class Numbers:
    """What one account holds; `places` says which number stands in which service."""

    numbers: Shelf[Thing] = field(default_factory=Shelf)
    services: Shelf[Thing] = field(default_factory=Shelf)
    places: Shelf[Thing] = field(default_factory=Shelf)


def usual(phone: Phone) -> Numbers:
    """Return the phone's one number, set up as the line wants it, and no service."""
    kept = Numbers()
    kept.numbers.put(Thing(new_sid("PN"), _number(phone)))
    return kept


def service(name: str) -> Thing:
    """Return a new service as Twilio makes one: no address of anybody in it."""
    return Thing(
        new_sid("MG"),
        {
            "friendly_name": name,
            "inbound_request_url": None,
            "inbound_method": "POST",
            "fallback_url": None,
            "fallback_method": "POST",
            "status_callback": None,
            "use_inbound_webhook_on_number": False,
        },
    )


def place(number: Thing, in_service: str) -> Thing:
    """Return a number's place in a service; it has the number's own id, as at Twilio."""
    fields = {"service_sid": in_service, "phone_number": number.fields["phone_number"]}
    return Thing(number.sid, fields)


def _number(phone: Phone) -> Json:
    line = phone.line.public_url
    return {
        "account_sid": phone.line.account_sid,
        "phone_number": phone.number,
        "friendly_name": phone.number,
        "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
        "voice_url": f"{line}/voice",
        "voice_method": "POST",
        "voice_fallback_url": phone.fallback_url or f"{line}/voice/fallback",
        "voice_fallback_method": "POST",
        "voice_application_sid": "",
        "status_callback": f"{line}/voice/status",
        "status_callback_method": "POST",
        "sms_url": f"{line}/sms",
        "sms_method": "POST",
        "sms_fallback_url": phone.fallback_url or f"{line}/sms/fallback",
        "sms_fallback_method": "POST",
        "sms_application_sid": "",
        "trunk_sid": None,
    }
