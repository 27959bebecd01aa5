"""Addresses that Twilio can call, and whose calls can be checked. (facts: twilio.md 1.6, 2)"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Addresses:
    """The line's own webhooks. `plain_http` is for the practice phone on this machine alone."""

    origin: str
    plain_http: bool = False

    def __getitem__(self, path: str) -> str:
        return self.origin + path


def refusal(url: str, plain_http: bool = False) -> str | None:
    """Why an address cannot be used for a webhook, or None if it can."""
    parts = urlsplit(url)
    if not url.isascii():
        return "it is not plain ASCII: the signature would not match"
    if not parts.hostname or parts.scheme not in ("https", "http"):
        return "it is no web address"
    if parts.scheme == "http" and not plain_http:
        return "it is http: what people say would travel open"
    if "_" in parts.hostname:
        return "its host has an underscore: Twilio does not call it"
    if url.split("#", 1)[0].endswith("?"):
        return "it ends in a bare question mark: the signature would not match"
    return None


def same(one: str | None, other: str) -> bool:
    """Whether Twilio calls the same address; what follows # only says how patiently it calls."""
    return (one or "").split("#", 1)[0] == other


def shown(url: str) -> str:
    """An address as it may be printed: a password in it stays unsaid."""
    return re.sub(r"//[^/@]*@", "//...@", url)


def host(url: str | None) -> str:
    """The host of an address, or nothing."""
    return urlsplit(url or "").hostname or ""
