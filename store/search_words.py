"""What somebody typed to search for -> what has to be found; and what of an item is searchable."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, selectinload

from store.feedback import said
from store.models import Feedback, Kind, Recording, Transcript
from store.search_letters import CONTROLS, stored
from store.staff import Note

LONGEST, MOST = 200, 12  # characters of a query, and terms: nobody types more by hand
LONGEST_WORDS = 100_000  # characters of one item: PostgreSQL can index a few times this, not more
TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
SHORTEST = 3  # letters of a beginning that is looked for unasked
# Both databases index the stems of English words. A beginning that is longer than its word's stem
# ("ambula" of "ambul") is found by that stem, if what stands after it begins one of these.
ENDINGS = (
    "able", "al", "ance", "ances", "ancy", "ant", "ate", "ation", "ations", "ative", "ed", "ement",
    "ence", "ences", "ency", "encies", "ent", "er", "ers", "est", "ful", "ible", "ic", "ical",
    "ied", "ies", "ing", "ings", "ion", "ions", "ism", "ity", "ities", "ive", "ize", "ised",
    "ising", "less", "ly", "ment", "ments", "ness", "ous", "s", "y",
)  # fmt: skip
# What people write without its apostrophe, and the machine that hears them with it.
NOT = re.compile(
    "(are|ca|could|did|does|do|had|has|have|is|need|should|was|were|wo|would)n['’‘`´]?t",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Term:
    """Words that stand together in this order; with `prefix` the last is only a beginning.

    `also`: other words that will do in their place.
    """

    words: str
    prefix: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Searchable:
    """What of one item is searched: its reference, what was said and where, what staff noted."""

    id: int
    reference: str
    said: str
    noted: str

    def stored(self) -> dict[str, object]:
        """As the databases keep it."""
        words = {"said": stored(self.said), "noted": stored(self.noted)}
        return {"id": self.id, "reference": self.reference, **words}


def parse(query: str) -> tuple[Term, ...]:
    """Words, "phrases" and beginnings*; every one of them must be there. Pure, for any input."""
    plain = re.sub("[“”„«»]", '"', query.translate(CONTROLS)[:LONGEST])
    found = (
        Term(phrase) if phrase else _term(word.rstrip("*"), word.endswith("*"))
        for phrase, word in TERM.findall(plain)
    )
    return tuple(term for term in found if re.search(r"[^\W_]", stored(term.words)))[:MOST]


def widened(terms: Collection[Term]) -> tuple[Term, ...]:
    """The same words as beginnings; none if any is too short for that, or is one already."""
    wide = tuple(_term(term.words, prefix=True) for term in terms)
    short = any(len(term.words) < SHORTEST or " " in term.words for term in terms)
    return () if short or wide == tuple(terms) else wide


def _term(word: str, prefix: bool) -> Term:
    if prefix:
        return Term(word, prefix, tuple(_stems(word)))
    without = NOT.fullmatch(word)
    if without is None:
        return Term(word)
    verb = without[1]
    return Term(word, also=(f"{verb}nt", f"{verb}n't"))


def _stems(word: str) -> Iterator[str]:
    """What the stem of a word with this beginning may be, where it is shorter: ambula, ambul."""
    for at in range(len(word) - 1, max(SHORTEST, len(word) - 5) - 1, -1):
        if any(ending.startswith(word[at:].lower()) for ending in ENDINGS):
            yield word[:at]


def gather(session: Session, ids: Collection[int]) -> Iterator[Searchable]:
    """These items as they are to be found. Erased ones have nothing, and are left out."""
    rows = session.scalars(
        select(Feedback)
        .where(Feedback.id.in_(ids), Feedback.erased_at.is_(None))
        .options(
            selectinload(Feedback.texts),
            selectinload(Feedback.recordings)
            .selectinload(Recording.transcripts)
            .options(defer(Transcript.words), defer(Transcript.shown_words)),
        )
    ).all()
    notes: dict[int, list[str]] = {}
    for of, body in session.execute(
        select(Note.feedback_id, Note.body).where(Note.feedback_id.in_(ids)).order_by(Note.id)
    ):
        notes.setdefault(of, []).append(body)
    for item in rows:
        ref = item.reference
        names = f"{ref[:4]} {ref[4:]} {ref}"
        yield Searchable(item.id, names, _plain(_said(item)), _plain(notes.get(item.id, [])))


def _said(item: Feedback) -> list[str]:
    texts = [text.body for text in item.texts if text.kind is not Kind.KEYWORD]
    heard = [said(take) for take in item.recordings]
    return [*texts, *heard, item.place or "", item.provider or ""]


def _plain(parts: list[str]) -> str:
    return "\n".join(filter(None, parts)).translate(CONTROLS)[:LONGEST_WORDS]
