"""Checks, and sets, what Twilio has been told about this line. By hand, and daily by the clock."""

from collections.abc import Iterable
from itertools import groupby

import config
from dialogue.script import Script
from workers.carrier import TwilioAway
from workers.setup_api import Account
from workers.setup_bundle import bundle
from workers.setup_compare import Found, Wanted, compare
from workers.setup_fallback import elsewhere, fallbacks
from workers.setup_findings import WRONG, Finding
from workers.setup_media import media
from workers.setup_urls import Addresses, host

TWILIO = "Twilio"


def check(settings: config.Settings, script: Script, fallback: str | None = None) -> list[Finding]:
    """Every finding; where Twilio cannot be asked, that is the one finding."""
    account = open_account(settings)
    try:
        found = Found(account.numbers(), account.services())
        findings = compare(wanted(settings, script, fallback), found)
        findings.append(media(account))
    except TwilioAway as why:
        return [Finding(WRONG, TWILIO, f"not checked: {why}")]
    away = elsewhere([*found.numbers, *found.services], settings.public_url)
    return findings + list(fallbacks(away, bundle(script, settings.public_url)))


def mend(settings: config.Settings, findings: Iterable[Finding]) -> None:
    """Make the changes that the findings name, one request for each thing. Raises TwilioAway."""
    account = open_account(settings)
    changes = sorted({change for finding in findings for change in finding.changes})
    for path, fields in groupby(changes, lambda change: change.path):
        account.change(path, {change.field: change.value for change in fields})


def wanted(settings: config.Settings, script: Script, fallback: str | None = None) -> Wanted:
    """What the line needs, from its settings and `line.toml`."""
    numbers = tuple(number.number for number in script.line.numbers)
    urls = Addresses(settings.public_url, plain_http=not asks_twilio(settings.twilio_api_url))
    return Wanted(urls, numbers, script.line.twilio_answers, fallback)


def asks_twilio(api_url: str) -> bool:
    """Whether this is Twilio itself, and not the practice phone."""
    return host(api_url).endswith(".twilio.com")


def open_account(settings: config.Settings) -> Account:
    """The account of the settings."""
    return Account(
        settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_api_url
    )
