"""How much a word looks like a name by itself."""

from enum import IntEnum
from string import ascii_lowercase

from triage.redaction.plain import Piece
from triage.redaction.rules import Rules

LETTERS = 3  # of a name that stands on no list
LONG = 7  # letters of a word of which another letter makes a slip rather than a name
ACRONYM = 5  # capitals that are rather an NHS or a CAMHS
# A misspelt word often ends like a word, a name seldom does.
WORDLIKE = ("ed", "ing", "nt", "ly", "able", "tion", "ment", "ness", "ers", "ght", "ful", "ous")


class Level(IntEnum):
    """How much a word looks like a name by itself."""

    WORD = 0
    NEW = 1  # on no list, and no English word
    MAYBE = 2  # a name that is a word or a place too
    SURE = 3


def level(rules: Rules, piece: Piece) -> Level:
    """What a word is by itself."""
    known, word = rules.names, piece.stem
    if word in known.sure or _owned(rules, word):
        return Level.SURE
    cut = piece.end - piece.start > len(word) and known.english(word)  # "she'll" is no Shell
    if not cut and (word in known.given or word in known.surnames):
        return Level.MAYBE
    if len(word) < LETTERS or not word.isalpha() or known.english(word):
        return Level.WORD
    if piece.upper and len(word) <= ACRONYM:
        return Level.WORD
    return Level.SURE if word.endswith(known.endings) else Level.NEW


def _owned(rules: Rules, word: str) -> bool:
    """ "susans": in speech there is no apostrophe."""
    return word[-1:] == "s" and word not in rules.names.words and word[:-1] in rules.names.sure


def misspelt(rules: Rules, word: str) -> bool:
    """Whether a word is an English one with a letter too many, too few or in a wrong place."""
    known, near = rules.names.words, range(1, len(word))
    if word.endswith(WORDLIKE):
        return True
    less = (word[:n] + word[n + 1 :] for n in near)
    swapped = (word[: n - 1] + word[n] + word[n - 1] + word[n + 1 :] for n in near)
    more = (word[:n] + letter + word[n:] for n in near for letter in ascii_lowercase)
    long = near if len(word) >= LONG else ()
    other = (word[:n] + letter + word[n + 1 :] for n in long for letter in ascii_lowercase)
    return len(word) > LETTERS and any(way in known for way in (*less, *swapped, *more, *other))
