"""Digits as people type them: which answer, and which are stars or two things at once. Pure."""

import re
import unicodedata

STAR = "[*⭐★☆🌟]"
# "5*" and "⭐5" are a verdict: their 5 is the best, ours the worst. "2 *New Cross*" is none.
STARRED = re.compile(rf"\d\s*{STAR}+(?![\w*])|{STAR}\s*\d")
# "1&2", "1/2", "2.5": two of them, a half, a time.
JOINED = re.compile(r"\W*(?:\d\s*[&+]|\d\s*[/⁄]\s*\d|\d[^\w\s]+\d)")
LISTED = re.compile(r"\d\s*[^\w\s]+\s*\d")
# "2. We waited", but not the first point of a list: "1. We waited 2. Nobody came".
APART = re.compile(r"\W*\d\s*(?:[.,;:)–—-]\s|\n)(?!(?:.|\n)*(?<!\w)\d\s*[.):]\s)")

DOTTED = re.compile(r"\W*[^\W\d]+\s*\.\s*\d")


def digit(token: str) -> int | None:
    """A digit of any script (Arabic, Panjabi, Bengali ...) -> its value."""
    return unicodedata.decimal(token, None) if len(token) == 1 else None


def typed(text: str) -> str:
    """A text with its punctuation, in one case and without marks: a keycap is its digit."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in letters if unicodedata.category(c) not in ("Cf", "Mn", "Me"))


def unclear(text: str) -> bool:
    """Whether the digits at the beginning of a text may mean something else than an option."""
    letters = typed(text)
    return bool(STARRED.search(letters) or JOINED.match(letters))


def spaced(text: str) -> bool:
    """Whether digits in a row have only spaces between them: "1, 2" names two services."""
    return not LISTED.search(typed(text))


def apart(text: str) -> bool:
    """Whether a text begins with a digit that stands by itself, and counts nothing."""
    return bool(APART.match(typed(text)))


def dotted(text: str) -> bool:
    """Whether a text begins with a word, a full stop and a digit: "No. 2"."""
    return bool(DOTTED.match(typed(text)))
