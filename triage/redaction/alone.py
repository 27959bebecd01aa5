"""Names that nothing introduces: by the lists, by their letters, by what follows them."""

import re

from triage.redaction.ends import initial_behind
from triage.redaction.introduced import month
from triage.redaction.levels import Level
from triage.redaction.said import Said

INITIALS = 3
MEDICINE = re.compile(r"(?:ine|ol|pril|tin|zole|mab|cillin|pam|ide|pin|xin|cin|logy)$")


def alone(said: Said, at: int) -> bool:
    """A word that is a name with nothing to introduce it."""
    found, piece = said.levels[at], said.pieces[at]
    full = said.close(at + 1) and piece.capital and _full(said, at)  # "Iris Pemberton"
    if found is Level.SURE:
        return said.plain(at - 1) not in ("st", "saint", "saints") and (full or not said.word(at))
    if full or _initials(said, at) or _family(said, at):
        return True
    given = found is Level.MAYBE and piece.stem in said.rules.names.given
    if not given or month(said, at) or piece.stem in said.rules.names.places:
        return _new(said, at)
    if said.shown(at):
        return not _in_a_phrase(said, at)
    shows = "strictly" if said.near(at, "verbs") else "after"
    does = said.near(at + 1, shows) or said.plain(at + 1) in ("on", "at", "in")
    starts = piece.capital and not said.near(at, "first") and does
    return starts or _beside(said, at)


def _initials(said: Said, at: int) -> bool:
    """ "K. Adeyinka", "r j tranter": letters before a surname; "a" is one only with its stop."""
    last = at
    while last < at + INITIALS and len(said.plain(last)) == 1 and said.plain(last).isalpha():
        last += 1
        if not (said.close(last) or said.dotted(last)):
            return False
    letter = said.plain(at) != "i" and (said.plain(at) != "a" or said.dotted(at + 1))
    if last == at or not letter:
        return False
    new = said.levels[last] is Level.NEW and (said.likely(last) or said.reads(last))
    shown = said.pieces[at].upper and said.pieces[last].capital  # "J. Small"
    maybe = said.levels[last] is Level.MAYBE and shown
    return new or maybe or said.levels[last] is Level.SURE


def _family(said: Said, at: int) -> bool:
    """ "King family", "Ashford, T": a surname by what follows it."""
    if said.levels[at] is Level.WORD or not said.pieces[at].capital:
        return False
    family = said.plain(at + 1) == "family" and said.close(at + 1)
    return family or initial_behind(said, at)


def _full(said: Said, at: int) -> bool:
    """Two capitals, one of them a given name and the other what may be a surname."""
    last = said.pieces[at + 1]
    if not last.capital or said.plain(at - 1) in ("st", "saint"):
        return False
    given = said.pieces[at].stem in said.rules.names.given
    return (given and (last.stem in said.rules.names.surnames)) or (
        said.levels[at] is Level.NEW and said.levels[at + 1] is Level.SURE
    )


def _new(said: Said, at: int) -> bool:
    """A word with a capital that is neither English nor a place nor a medicine: "Xiomara"."""
    if said.levels[at] is not Level.NEW or not said.pieces[at].capital:
        return False
    if MEDICINE.search(said.plain(at)) or said.near(at - 1, "where"):
        return False
    return said.plain(at - 1) not in ("st", "saint")


def _beside(said: Said, at: int) -> bool:
    """ "dave and mark", "mark, dave": beside a name that is sure, joined as in a list."""
    if said.near(at, "verbs") and not said.shown(at):
        return False
    after = said.plain(at + 1) in ("and", "or") and at + 2 < len(said.pieces)
    before = said.plain(at - 1) in ("and", "or") and at > 1
    return (after and said.levels[at + 2] is Level.SURE) or (
        before and said.levels[at - 2] is Level.SURE
    )


def _in_a_phrase(said: Said, at: int) -> bool:
    """Between other capitals it belongs to something's name: "Good Hope", "Rose Tree"."""
    before = said.close(at) and said.pieces[at - 1].capital and not said.pieces[at - 1].first
    after = said.close(at + 1) and said.pieces[at + 1].capital
    word = at + 1 < len(said.pieces) and said.levels[at + 1] is Level.WORD
    return (before and said.levels[at - 1] is Level.WORD) or (after and word)
