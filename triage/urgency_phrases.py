"""The little language of the urgent lists: a phrase in, the pattern that finds it out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

GAPS = {"..": 2, "...": 6}  # how many words each steps over, at most


@dataclass(frozen=True, eq=False)  # one of each list; told apart as cache keys
class Language:
    """What a list gives its phrases: its names, and the words that no gap steps over."""

    names: Mapping[str, str]
    turns: Sequence[str]

    def pattern(self, phrase: str, more: str = "?") -> str:
        """The pattern of a phrase; `more` says whether what may be missing is taken or left."""
        return "".join(self._token(token, more) for token in phrase.split())

    def firsts(self, phrase: str) -> set[str]:
        """Every word (or stem, with its *) that a phrase may begin with."""
        begins: set[str] = set()
        for token in phrase.split():
            for way in token.removeprefix("?").split("|"):
                begins |= self.firsts(self._named(way)) if way[0] == "@" else {way}
            if not self._empty(token):
                return begins
        return begins

    def _empty(self, token: str) -> bool:
        """Whether a token may be nothing at all, as a name for what may all be missing may be."""
        named = (self._named(way).split() for way in token.split("|") if way[0] == "@")
        return token[0] == "?" or any(all(map(self._empty, parts)) for parts in named)

    def _token(self, token: str, more: str) -> str:
        if token in GAPS:
            turns = "|".join(map(_stem, self.turns))
            return rf"(?:(?!(?:{turns}) )\w+ ){{0,{GAPS[token]}}}?"
        ways = "|".join(
            self.pattern(self._named(way), more) if way[0] == "@" else _stem(way) + " "
            for way in token.removeprefix("?").split("|")
        )
        return f"(?:{ways}){more if token[0] == '?' else ''}"

    def _named(self, way: str) -> str:
        return self.names[way[1:]]


@dataclass(frozen=True)
class Phrases:
    """Phrases by the words that they begin with: only those that may stand at a word are tried."""

    language: Language
    listed: Sequence[str]
    more: str
    words: Mapping[str, Sequence[int]]
    stems: Mapping[str, Sequence[int]]

    def found(self, sentence: str) -> Iterator[tuple[int, int, int]]:
        """Each phrase found: which, where it begins and where it ends. In the order of words."""
        for word in re.finditer(r"\S+", sentence):
            for which in self._begun(word[0]):
                if match := self._pattern(which).match(sentence, word.start()):
                    yield which, *match.span()

    def _pattern(self, which: int) -> re.Pattern[str]:
        return compiled(self.language, self.listed[which], self.more)

    def _begun(self, word: str) -> Iterator[int]:
        yield from self.words.get(word, ())
        for end in range(2, len(word) + 1):
            yield from self.stems.get(word[:end], ())


def phrases(language: Language, listed: Iterable[str], more: str = "?") -> Phrases:
    """Phrases made ready to be found."""
    kept = list(dict.fromkeys(listed))
    words: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    for which, phrase in enumerate(kept):
        for first in language.firsts(phrase):
            (stems if first.endswith("*") else words).setdefault(first.rstrip("*"), []).append(
                which
            )
    return Phrases(language, kept, more, words, stems)


@cache
def compiled(language: Language, phrase: str, more: str) -> re.Pattern[str]:
    """The pattern of a phrase, made when it is first needed: all of them take two seconds."""
    return re.compile(language.pattern(phrase, more))


def _stem(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
