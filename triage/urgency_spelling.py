"""A text made plain: its sentences in lower case, with misspelt and misheard words put right."""

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

LONGEST_WORD = 40  # no word is longer; a hostile text's may be


@dataclass(frozen=True)
class Spelling:
    """Single words by how they may be spelt, and the pattern of those heard as several."""

    words: Mapping[str, str]
    several: re.Pattern[str]

    def sentences(self, text: str) -> list[str]:
        """Each sentence of a text, its words apart by one space and followed by one."""
        parts = re.split(r"[.!?\n;]+", unicodedata.normalize("NFKC", text).casefold())
        return [self._right(_words(part)) for part in parts]

    def _right(self, words: list[str]) -> str:
        # Once alone, once as several, once alone again: "dont want 2" is "dont want to".
        alone = " ".join(self.words.get(word, word) for word in words)
        return self.several.sub(lambda found: self.words[found[0]], alone) + " "


def spelling(heard: Mapping[str, Iterable[str]], spelt: Mapping[str, Iterable[str]]) -> Spelling:
    """What is meant by each way to write it: those listed, and one letter off the long words."""
    never = {*spelt["never"], *spelt["words"]}
    near = {v: word for word in spelt["words"] for v in _near(word) if v not in never}
    listed = {way: meant for meant, ways in heard.items() for way in ways}
    several = sorted((way for way in listed if " " in way), key=len, reverse=True)
    return Spelling(near | listed, re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b"))


def _words(part: str) -> list[str]:
    letters = re.sub(r"[^\w\s]|_", " ", re.sub(r"['’`]", "", part))
    # "heeelp" is "help": no English word has three of a letter in a row.
    return [w[:LONGEST_WORD] for w in re.sub(r"([a-z])\1{2,}", r"\1", letters).split()]


def _near(word: str) -> Iterator[str]:
    """Each way to write a word with one letter missing, swapped, wrong or added."""
    for at in range(1, len(word) + 1):  # people get the first letter right
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]
