"""What stood in the form that was sent, or in the address; each field as its reader needs it."""

import re
import secrets
from datetime import UTC, date, datetime

from flask import abort, request

from dialogue.segments import segments
from hours import LONDON

FILLED_IN = (
    "csrf_token", "key", "seen", "made", "query", "next",
    "secret", "phrase", "group", "then", "need",
)  # fmt: skip
SECRET = ("password", "password_again", "now", "chosen", "again", "code")


def written() -> list[str]:
    """What somebody wrote in it: not what the page filled in, a choice, a date, or a password.

    Told by its look and not by a list of names: a new field would be left out of one, and its
    writer would lose their words. Whatever has a space in it, or is long, is worth giving back.
    """
    return [
        value
        for name, value in request.form.items(multi=True)
        if name not in (*FILLED_IN, *SECRET) and not name.endswith("_seen")
        if " " in value.strip() or len(value) > 20
    ]


def typed(name: str) -> str:
    """A field of the form, cleaned."""
    return cleaned(request.form.get(name, ""))


def cleaned(given: str) -> str:
    """Words without what PostgreSQL refuses; lines end in one character, as texts count them."""
    return given.replace("\x00", "").replace("\r\n", "\n").strip()


def on_one_line(given: str) -> str:
    """A name or a place, cleaned: its words with one space between."""
    return " ".join(cleaned(given).split())


def filled(text: str) -> int:
    """How many texts this fills."""
    return segments(text)


def read_day(given: str) -> date | None:
    """A day as date fields send it; None for anything else."""
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if 1971 <= found.year <= 9000 else None


def read_moment(given: str) -> datetime | None:
    """A day and time as a browser sends it, in London; None for anything else."""
    try:
        found = datetime.fromisoformat(given)
        return (found if found.tzinfo else found.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def new_key() -> str:
    """A mark for one form: sent twice with it, it does its work once."""
    return secrets.token_hex(16)


def form_key() -> str:
    """The mark of the form that was sent. 400 for anything else."""
    key = request.form.get("key", "")
    return key if re.fullmatch("[0-9a-f]{32}", key) else abort(400)
