"""Who is on the line: a number that can be answered, one that cannot, or nobody that we know."""

import phonenumbers

# What networks send for a withheld number, spelled on a keypad: ANONYMOUS, RESTRICTED,
# UNAVAILABLE, BLOCKED, UNKNOWN (facts: twilio.md 4.2). +266 is really Lesotho: never geolocate.
WITHHELD = {"+266696687", "+7378742833", "+86282452253", "+2562533", "+8656696"}
NOBODY = {"", "anonymous", "restricted", "unavailable", "blocked", "unknown", "private", "withheld"}


def sender(raw: str) -> str | None:
    """The From of a webhook as we join it: a number, or a raw name or short code.

    None for a withheld number: those calls have nothing in common but being withheld.
    """
    value = raw.strip()
    name = value.casefold().removeprefix("sip:").partition("@")[0]
    return None if value in WITHHELD or name in NOBODY else value


def reachable(value: str | None) -> bool:
    """Whether we may text or ring it: an international number, and a plausible one."""
    if value is None or not value.startswith("+"):
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return False


def typed(raw: str) -> str | None:
    """A number as staff or operators write it ("07700 900123", "+44 ...") -> as it is joined.

    None for what is no number, as a reference is none.
    """
    value = raw.strip()
    if not value.startswith(("+", "0")):
        return None
    try:
        found = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
