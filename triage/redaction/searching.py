"""Searching what is left after redaction, so that no search shows what was taken out. Pure."""

import re
from collections.abc import Sequence

from triage.redaction import Rules, found

OPEN, CLOSE = "\x02", "\x03"  # what encloses a hit, as in `store.search`
BEFORE, AFTER = 60, 120  # letters around the first hit
DIGITS = 4  # in a query: more than a ward or a year of age has
STEM = 3  # letters that the databases may cut off a word's end


def asks_for_somebody(rules: Rules, query: str) -> bool:
    """Whether a query is itself what would be taken out, or a part of a number."""
    return bool(found(rules, query)) or len(re.sub(r"\D", "", query)) >= DIGITS


def around(words: str, reference: str, terms: Sequence[str]) -> str | None:
    """The words around the first hit, hits enclosed; None unless every term is in what is left."""
    shapes = [_shape(term) for term in terms]
    if not shapes or not all(shape.search(f"{words}\n{reference}") for shape in shapes):
        return None
    first = min((hit.start() for shape in shapes if (hit := shape.search(words))), default=0)
    start = words.rfind(" ", 0, max(0, first - BEFORE)) + 1
    some = " ".join(words[start : first + AFTER].split())
    every = re.compile("|".join(shape.pattern for shape in shapes), re.IGNORECASE)
    return every.sub(lambda hit: f"{OPEN}{hit[0]}{CLOSE}", some)


def _shape(term: str) -> re.Pattern[str]:
    """A term as the databases find it: its words in this order, the end of the last left open."""
    *before, last = re.findall(r"[^\W_]+", term) or [""]
    stem = last[: max(STEM, len(last) - STEM)]
    words = [*map(re.escape, before), re.escape(stem)]
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + r"\w*", re.IGNORECASE)
