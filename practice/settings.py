"""What the practice phone is told by its environment."""

from collections.abc import Mapping
from dataclasses import dataclass

from practice.phone import NUMBER, Phone


class SettingError(Exception):
    """A setting is missing or wrong, or this is no place for a practice phone."""


@dataclass(frozen=True)
class Settings:
    """The account that is played, the line it calls, and the port of the page."""

    public_url: str
    line_url: str | None
    account_sid: str
    auth_token: str
    number: str
    port: int

    def phone(self) -> Phone:
        """Return a phone with these settings."""
        account = (self.public_url, self.account_sid, self.auth_token)
        return Phone(*account, number=self.number, line_url=self.line_url)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings; raise SettingError with one line that names what is wrong."""
    if environment.get("HEARD_ENV") == "production":
        raise SettingError("HEARD_ENV is production: the practice phone is never run there")
    return Settings(
        public_url=environment.get("PUBLIC_URL") or "http://localhost:8000",
        line_url=environment.get("LINE_URL") or None,
        account_sid=_needed(environment, "TWILIO_ACCOUNT_SID"),
        auth_token=_needed(environment, "TWILIO_AUTH_TOKEN"),
        number=environment.get("PRACTICE_NUMBER") or NUMBER,
        port=_port(environment.get("PRACTICE_PORT") or "8001"),
    )


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise SettingError(f"{name} is missing: the line and the practice phone share it")
    return value


def _port(given: str) -> int:
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise SettingError(f"PRACTICE_PORT is a number from 1 to 65535, not {given!r}")
    return int(given)
