"""A text made plain: its sentences in lower case, with misspelt and misheard words put right."""

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from triage.urgency_disguise import LONGEST, apart, undisguised
from triage.urgency_said import Words

Piece = tuple[str, tuple[int, int]]  # a plain word, and where it stood in what was said
ANSWERED = "no"
SHORT = (("'m", " am"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"))
OVERDOSED = (("od'd", "oded"), ("od'ing", "oding"))  # or "I OD'd" were "I odd"


@dataclass(frozen=True)
class Sentence:
    """The plain words of a sentence, and where each stood in what was said."""

    words: Words
    places: Sequence[tuple[int, int]]
    text: str

    def said(self, start: int, end: int) -> str:
        """The person's own words, from one plain word to another."""
        said = self.text[self.places[start][0] : self.places[end - 1][1]]
        return " ".join(said.split()).strip(".,!?;: ")


@dataclass(frozen=True, eq=False)
class Spelling:
    """What is meant by each way to write a word, all words that the lists know, and those with
    which somebody begins to say something."""

    meant: Mapping[str, str]
    known: frozenset[str]
    starts: frozenset[str] = frozenset()

    def sentences(self, text: str) -> Iterator[Sentence]:
        """Each sentence of a text."""
        pieces: list[Piece] = []
        for chunk in re.finditer(r"\n|[^\s,]+|,", text):
            pieces += [(word, chunk.span()) for word in _words(chunk[0], self.known)]
            if chunk[0][-1] in ".!?;:\n":
                yield self._sentence(pieces, text)
                pieces = []
        yield self._sentence(pieces, text)

    def _sentence(self, pieces: Sequence[Piece], text: str) -> Sentence:
        # Once alone, once as several, once alone again: "dont want 2" is "dont want to".
        alone = [(word, at) for way, at in _spelt_out(pieces) for word in self._meant(way)]
        right = self._unanswered(list(self._several(alone)))
        return Sentence(Words(word for word, _ in right), [place for _, place in right], text)

    def _unanswered(self, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """Without a no that answers us: "no I want to die" denies nothing, "no one" does."""
        first, second = [word for word, _ in [*pieces, ("", ()), ("", ())][:2]]
        return pieces[1:] if first == ANSWERED and second in self.starts else pieces

    def _several(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """Words put right that are heard as several: "sue aside" is "suicide"."""
        at = 0
        while at < len(pieces):
            many = self._heard(pieces, at)
            whole = (pieces[at][1][0], pieces[at + many - 1][1][1])
            way = " ".join(word for word, _ in pieces[at : at + many])
            yield from [(word, whole) for word in self._meant(way)]
            at += many

    def _meant(self, way: str) -> list[str]:
        return self.meant.get(way, way).split()

    def _heard(self, pieces: Sequence[Piece], at: int) -> int:
        """How many words from here on are one way to hear something: 1 if none is."""
        for many in self._lengths.get(pieces[at][0], ()):
            if " ".join(word for word, _ in pieces[at : at + many]) in self.meant:
                return min(many, len(pieces) - at)
        return 1

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """How many words the ways that begin with a word may have, the most first."""
        lengths: dict[str, set[int]] = {}
        for way in self.meant:
            if " " in way:
                lengths.setdefault(way.split()[0], set()).add(way.count(" ") + 1)
        return {first: sorted(many, reverse=True) for first, many in lengths.items()}


def spelling(
    heard: Mapping[str, Iterable[str]],
    spelt: Mapping[str, Iterable[str]],
    known: Set[str],
    starts: frozenset[str] = frozenset(),
) -> Spelling:
    """What is meant by each way to write it: those listed, and one letter off the long words."""
    never = {*spelt["never"], *spelt["words"], *known}
    near = {v: word for word in spelt["words"] for v in _near(word) if v not in never}
    listed = {way: meant for meant, ways in heard.items() for way in ways}
    alone = (way for way in listed if " " not in way)
    return Spelling(near | listed, frozenset((*known, *spelt["words"], *alone)), starts)


@lru_cache(maxsize=4096)
def _words(chunk: str, known: frozenset[str]) -> tuple[str, ...]:
    """The words of what stands between two blanks, in plain letters. People say the same ones:
    of most texts each was made plain before."""
    plain = undisguised(chunk, known)
    for short, long in (*SHORT, *OVERDOSED):
        plain = plain.replace(short, long)
    letters = re.sub(r"[^\w\s]|_", " ", plain.replace("'", ""))
    # "heeelp" is "help": no English word has three of a letter in a row.
    words = re.sub(r"([a-z])\1{2,}", r"\1", letters).split()
    return tuple(way for word in words for way in apart(word[:LONGEST], known))


def _spelt_out(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """ "s u i c i d e" as the word it is."""
    joined: list[Piece] = []
    run: list[Piece] = []
    for piece in [*pieces, ("", (0, 0))]:
        if len(piece[0]) == 1 and piece[0].isalpha():
            run.append(piece)
            continue
        if len(run) > 3:
            run = [("".join(word for word, _ in run), (run[0][1][0], run[-1][1][1]))]
        joined += [*run, piece]
        run = []
    return joined[:-1]


def _near(word: str) -> Iterator[str]:
    """Each way to write a word with one letter missing, swapped, wrong or added."""
    for at in range(1, len(word) + 1):  # people get the first letter right
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]
