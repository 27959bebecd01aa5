"""What Twilio has been told of numbers and Messaging Services; and telling it otherwise."""

from collections.abc import Mapping
from typing import NamedTuple

from workers.carrier_lists import rows
from workers.setup_http import Api, Json


class Change(NamedTuple):
    """One field to POST, and the resource that it belongs to."""

    path: str
    field: str
    value: str


class Account:
    """Numbers and services of one account. Everything here may raise TwilioAway."""

    def __init__(self, account: str, token: str, api_url: str) -> None:
        self._home = f"/2010-04-01/Accounts/{account}"
        self._api = Api(account, token, api_url)

    def numbers(self) -> list[Json]:
        """Every number of the account, with the path that changes it under `path`."""
        home = f"{self._home}/IncomingPhoneNumbers"
        found = self._api.every(f"{home}.json", "incoming_phone_numbers")
        return [{**one, "path": f"{home}/{one['sid']}.json"} for one in found]

    def services(self) -> list[Json]:
        """Every Messaging Service: its numbers under `numbers`, what changes it under `path`."""
        found = self._api.every("/v1/Services", "services")
        return [
            {**one, "path": f"/v1/Services/{one['sid']}", "numbers": self._inside(one["sid"])}
            for one in found
        ]

    def newest_recording(self) -> str | None:
        """The SID of the newest recording whose audio is there, or None."""
        page = self._api.json("GET", f"{self._home}/Recordings.json?PageSize=20")
        done = (one["sid"] for one in rows(page, "recordings") if one["status"] == "completed")
        return next(done, None)

    def answers_strangers(self, recording: str) -> int:
        """The HTTP status that a recording's audio gives to somebody without our token."""
        return self._api.stranger(f"{self._home}/Recordings/{recording}.wav")

    def change(self, path: str, fields: Mapping[str, str]) -> None:
        """Set fields of one number or service."""
        self._api.json("POST", path, fields)

    def _inside(self, service: str) -> list[str]:
        there = self._api.every(f"/v1/Services/{service}/PhoneNumbers", "phone_numbers")
        return [one["phone_number"] for one in there]
