"""The words of one text, each with how much it looks like a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.redaction.levels import LETTERS, Level, misspelt
from triage.redaction.plain import Piece
from triage.redaction.reading import Reading
from triage.redaction.rules import Rules

NO_SURNAME = ("after", "not_named", "place_ends", "titles", "kin", "roles")
NEVER_ALONE = ("known", "place_ends", "titles", "kin", "roles")  # surnames, and mostly no names
SERVICES = ("home", "homes", "dental", "dentist", "dentists", "chemist", "opticians")
SLIP = 4.0  # the score above which even what looks like a misspelt word is somebody's name
HAIR = 0.1  # a word that lies nearer to the border may fall on the other side when read again
ONLY = 1.0  # the score above which a word is a name that is only a surname: "long", "day"
FEWEST = 2  # words: one word has no neighbours to be read among


@dataclass(frozen=True)
class Said:
    """A text in words."""

    rules: Rules
    pieces: Sequence[Piece]
    levels: Sequence[Level]
    reading: Reading

    def plain(self, at: int) -> str:
        """A word, or nothing beyond the ends of the text."""
        return self.pieces[at].plain if 0 <= at < len(self.pieces) else ""

    def close(self, at: int) -> bool:
        """Whether a word follows the one before without a stop."""
        return 0 < at < len(self.pieces) and self.pieces[at].close

    def dotted(self, at: int) -> bool:
        """Whether a stop and no more parts a word from the one before."""
        return 0 < at < len(self.pieces) and self.pieces[at].gap in (". ", ".")

    def near(self, at: int, kind: str) -> bool:
        return self.plain(at) in self.rules.near[kind]

    def shown(self, at: int) -> bool:
        """Whether a capital in the middle of a sentence shows that a word is somebody's name."""
        return self.pieces[at].capital and not self.pieces[at].first

    def follows(self, at: int) -> bool:
        """Whether what follows a word is what somebody did, or the end."""
        ended = not self.close(at + 1)
        return ended or self.near(at + 1, "after") or self.levels[at + 1] is Level.SURE

    def likely(self, at: int) -> bool:
        """Whether a word is a name, where a name is to be expected."""
        level, piece = self.levels[at], self.pieces[at]
        if level is Level.SURE or (level is not Level.WORD and piece.capital):
            return True
        if level is Level.MAYBE:
            return not self.near(at, "acts") or self.near(at + 1, "strictly")
        return level is Level.NEW and not misspelt(self.rules, piece.stem)

    def reads(self, at: int) -> bool:
        """Whether a word that may be a name reads like one where it stands."""
        level, piece = self.levels[at], self.pieces[at]
        if self.near(at, "unread") or len(self.pieces) < FEWEST or self._removed(at):
            return False
        if self._town(at):
            return False
        if level is Level.MAYBE:
            word = self.near(at - 1, "articles") or self.near(at - 1, "unread")  # "the summer rose"
            given = piece.stem in self.rules.names.given
            word = word or (not given and any(self.near(at, kind) for kind in NEVER_ALONE))
            return not word and self.reading.score(at) > (HAIR if given else ONLY)
        if level is not Level.NEW or len(piece.stem) <= LETTERS:
            return False
        return self.reading.score(at) > (SLIP if misspelt(self.rules, piece.stem) else HAIR)

    def _town(self, at: int) -> bool:
        """Whether a town stands where one would: "Lapal Surgery, Dudley", "in Preston"."""
        stem, names = self.pieces[at].stem, self.rules.names
        service = self.near(at - 1, "place_ends") or self.plain(at - 1) in SERVICES
        there = self.near(at - 1, "where") or (
            self.plain(at - 1) == "from" and stem not in names.given
        )
        return stem in names.places and (service or there)

    def _removed(self, at: int) -> bool:
        """Whether somebody was taken out beside it: it has been read, among other neighbours."""
        return any(self.plain(at + n).startswith("[") for n in (-2, -1, 1, 2))

    def surname(self, at: int) -> bool:
        """Whether a word reads like a name where only a surname or something else may follow."""
        other = any(self.near(at, kind) for kind in NO_SURNAME)
        return not other and self.plain(at).isalpha() and self.reading.score(at) > 0

    def word(self, at: int) -> bool:
        """Whether a name that is a word too is nothing but that here: "basil on the pasta"."""
        return (
            len(self.pieces) >= FEWEST
            and self.rules.names.english(self.pieces[at].stem)
            and self.reading.score(at) < 0
        )
