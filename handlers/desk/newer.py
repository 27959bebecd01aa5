"""Words that came while somebody had an item's page open: nobody finishes what they never read."""

from collections.abc import Iterable, Mapping
from datetime import UTC

from flask import request

from store.models import Feedback
from triage import moves

MORE = "They have said more since you opened this page. Read it, then do it again."


def mark(item: Feedback) -> str:
    """The last words that a page shows, as its forms carry them; empty while there were no more."""
    return item.words_at.astimezone(UTC).isoformat() if item.words_at else ""


def said_since(item: Feedback) -> str:
    """What to tell whoever sent a form of an older page; empty where nothing was said since.

    A form without the mark comes from a page of a former version, and is taken as it was.
    """
    return "" if request.form.get("words_seen", mark(item)) == mark(item) else MORE


def all_read(item: Feedback) -> None:
    """Raises Stale when the person has said more than the page showed that this form was on."""
    if told := said_since(item):
        raise moves.Stale(told)


def words_seen(item: Feedback, typed: Mapping[str, str], errors: Iterable[tuple[str, str]]) -> str:
    """The mark for a page's forms. One that comes back with something wrong in it keeps its own,
    until whoever filled it in was told that there is more to read.
    """
    told = any(MORE in words for _, words in errors)
    return mark(item) if told else typed.get("words_seen", mark(item))
