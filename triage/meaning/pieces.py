"""A text -> the numbers of its word pieces, as the encoder was taught them. Pure."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent / "vocabulary.txt"
LONGEST_WORD = 40  # letters; what is longer is no word, and would take long to cut


@cache
def vocabulary() -> Mapping[str, int]:
    """Each word piece and its number; a piece inside a word begins with ##."""
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def pieces(text: str, most: int) -> list[int]:
    """The numbers of the first `most` pieces of a text, between the marks of start and end."""
    known = vocabulary()
    found: list[int] = []
    for chunk in text.split():
        found += _chunk(chunk)
        if len(found) >= most:
            break
    return [known["[CLS]"], *found[:most], known["[SEP]"]]


@lru_cache(maxsize=4096)
def _chunk(chunk: str) -> tuple[int, ...]:
    """The pieces of what stands between two blanks. A text is read in windows that overlap, for
    its points and for its words: most was cut a moment before."""
    return tuple(piece for word in _words(chunk) for piece in cut(word))


def spelt(text: str) -> Iterator[tuple[int, ...]]:
    """The pieces of each word of a text: letters, two or more."""
    words = (word for chunk in text.split() for word in _words(chunk))
    yield from (cut(word) for word in words if len(word) > 1 and word.isalpha())


def _words(text: str) -> Iterator[str]:
    """Small letters without accents; each sign of punctuation is a word of its own."""
    word = ""
    for sign in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(sign)
        if kind[0] in "LN" or (kind[0] == "S" and not sign.isascii()):
            word += sign
        elif kind != "Mn":
            if word:
                yield word
            word = ""
            if kind[0] in "PS":
                yield sign
    if word:
        yield word


@lru_cache(maxsize=4096)
def cut(word: str) -> tuple[int, ...]:
    """The longest known pieces of a word from the left; one mark for a word that has none. People
    say the same words: of most texts each was cut before."""
    known = vocabulary()
    found: list[int] = []
    start = 0
    while start < len(word) <= LONGEST_WORD:
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in known), None)
        if end is None:
            break
        found.append(known[mark + word[start:end]])
        start = end
    return tuple(found) if start == len(word) else (known["[UNK]"],)
