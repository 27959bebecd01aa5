"""What a reader sees of people's words: nothing that shows who somebody is (roles, line.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import g
from sqlalchemy.orm import Session

from handlers.desk.guard import Colleague
from handlers.house import house
from store import search_words
from store.search import Found
from store.staff import Role
from triage import redaction
from triage.redaction import searching


def redacts() -> bool:
    """Whether whoever asks sees redacted words only. Nobody signed in: so too."""
    who: Colleague | None = g.get("me")
    return who is None or who.role is Role.READER


def private(said: str | None) -> str:
    """Words of a caller or colleague as whoever asks may see them. Every page shows them so."""
    return redaction.redact(house().redaction, said) if said and redacts() else said or ""


def private_each(said: Sequence[str]) -> Sequence[str]:
    """The texts of one item so: a number may begin in one and end in the next."""
    return redaction.redact_each(house().redaction, said) if redacts() else said


def findable(query: str) -> bool:
    """Whether this may be searched for: a reader cannot ask who is here, by name or by number."""
    rules = house().redaction
    return not redacts() or not searching.asks_for_somebody(rules, query)


def left(session: Session, found: Found, query: str) -> Found:
    """Of what a search found, what is found in the redacted words too, with those around it."""
    if not redacts():
        return found
    terms = search_words.parse(query)
    around: Mapping[int, str] = {
        item.id: shown
        for item in search_words.gather(session, [row.id for row in found.rows])
        if (shown := _around(item, terms)) is not None
    }
    return replace(found, rows=[row for row in found.rows if row.id in around], around=around)


def _around(item: search_words.Searchable, terms: tuple[search_words.Term, ...]) -> str | None:
    words = redaction.redact(house().redaction, f"{item.said}\n{item.noted}")
    return searching.around(words, item.reference, [term.words for term in terms])
