"""Words in another language: no list here knows the names in them, so they leave with nobody.

They are withheld whole, and the text says so: somebody who reads the language writes down what may
leave. Why so: docs/decisions/0023-redaction.md.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from triage.redaction.plain import ENDS, Piece
from triage.redaction.rules import Rules

# A letter alone is rather a sign ("5 µg"); what follows may be marks on letters.
LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[^\x00-\x7f\s\d])+")
BETWEEN = re.compile(r"[^a-zA-Z\n]{0,40}")  # marks and digits among words of one script
FEWEST = 4  # words by which a language shows; fewer where one of them is a common one of another
LINKED = (".", "/", "-", "@", ":", "_")  # before a part of an address on the web
VOWEL = re.compile(r"^(?=.*[aeiouy])[^\W\d_]+$")  # a number plate's letters are no language
UNKNOWN = 0.5  # of them on no list of ours: slips of the pen and street talk are fewer

Place = tuple[int, int]  # in what was written


def foreign(rules: Rules, text: str, pieces: Sequence[Piece]) -> Iterator[Place]:
    """Where words are in another script, and which sentences in another language (start, end)."""
    yield from _scripts(text)
    if _unknown(rules, pieces):
        yield pieces[0].start, pieces[-1].end
        return
    for sentence in _sentences(pieces):
        if _unknown(rules, sentence):
            yield sentence[0].start, sentence[-1].end


def _scripts(text: str) -> Iterator[Place]:
    """Words with no Latin letter in them, those that stand together as one."""
    if text.isascii():
        return
    start = end = 0
    for match in LETTERS.finditer(text):
        if any(_latin(letter) for letter in match[0]):
            continue
        if end and not BETWEEN.fullmatch(text, end, match.start()):
            yield start, end
            end = 0
        start, end = (start if end else match.start()), match.end()
    if end:
        yield start, end


@cache
def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN", "MATHEMATICAL"))


def _sentences(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    start = 0
    for at, piece in enumerate(pieces):
        if at and ENDS.search(piece.gap):
            yield pieces[start:at]
            start = at
    yield pieces[start:]


def _unknown(rules: Rules, pieces: Sequence[Piece]) -> bool:
    """Whether most of these words are on no list; names say nothing of a language."""
    words = [p.stem for p in pieces if VOWEL.search(p.stem) and p.gap[-1:] not in LINKED]
    said = [word for word in words if word not in rules.near["titles"]]
    abroad = sum(word in rules.near["abroad"] for word in said)
    known = sum(rules.names.english(word) for word in said) - abroad
    new = sum(not rules.names.listed(word) for word in said) + abroad
    enough = new + known >= FEWEST or (abroad > 0 and len(words) > 1)
    return enough and new > UNKNOWN * (new + known)
