"""Words that introduce a name: titles, relatives, "my name is", "thanks to" (care.md 6)."""

from triage.redaction.births import cued
from triage.redaction.levels import Level
from triage.redaction.said import Said

REACH = 3  # words between "my" and "mum": "my dear old mum"


def introduced(said: Said, at: int) -> bool:
    """Whether the words before lead to a name that begins here."""
    return any(rule(said, at) for rule in (_titled, _related, _named, _maybe))


def month(said: Said, at: int) -> bool:
    """Whether a month or season is one: "in May", "3 June", not "June was kind"."""
    if said.plain(at) not in said.rules.births["months"] and said.plain(at) != "summer":
        return False
    return said.near(at - 1, "since") or not said.near(at + 1, "strictly")


def _titled(said: Said, at: int) -> bool:
    """After "Dr", "Mrs", "nurse", "carer"."""
    before, dotted = said.plain(at - 1), said.pieces[at].gap.strip() in ("", ".")
    if said.rules.near["titles"] and before in said.rules.near["titles"] and dotted:
        initial = len(said.plain(at)) == 1 and said.plain(at) not in "ai"
        word = said.levels[at] is Level.WORD
        named = said.levels[at] is Level.NEW or (word and _called(said, at))
        return initial or named or said.likely(at) or said.surname(at)
    role = before in said.rules.near["roles"] and _one(said, at - 1)
    joined = said.close(at) or (said.pieces[at].gap.strip() in (",", "(") and said.shown(at))
    return role and joined and _person(said, at)


def _called(said: Said, at: int) -> bool:
    """Whether a word after a title is a name though it is an English word: "Dr Strange"."""
    if said.pieces[at].capital or not said.plain(at).isalpha():
        return said.pieces[at].capital
    if said.near(at - 2, "misses") or said.near(at, "not_named"):
        return False
    title = said.plain(at - 1)
    return title in ("mr", "mrs", "ms", "mister", "missus", "miss") or said.surname(at)


def _related(said: Said, at: int) -> bool:
    """After "my mum", "our eldest daughter", "his friend"; also "my nan, Ivy,"."""
    kin = said.near(at - 1, "kin") and _one(said, at - 1)
    owned = any(said.near(at - 1 - n, "whose") for n in range(1, REACH + 1))
    gap = said.pieces[at].gap.strip()
    joined = said.close(at) or (gap in (",", "(", "-") and said.shown(at))
    return kin and (owned or said.shown(at)) and joined and _person(said, at)


def _named(said: Said, at: int) -> bool:
    """After "my name is", "a nurse called", "signed"."""
    if said.pieces[at].gap.strip(" \n") not in ("", ",", ":", "-", '"', "'", ",\n", ":\n"):
        return False
    called = said.plain(at - 1) == "called" and any(
        said.near(at - 2, kind) for kind in ("roles", "kin", "titles")
    )
    if not called and not cued(said.rules, said.pieces, at - 1, "named"):
        return False
    if said.near(at, "titles") or (said.near(at, "endearments") and not said.shown(at)):
        return False
    listed = said.levels[at] in (Level.MAYBE, Level.NEW)
    return listed or said.likely(at) or said.shown(at) or (called and said.surname(at))


def _maybe(said: Said, at: int) -> bool:
    """After "I'm", "this is", "thanks to": a name that is a word too needs a capital or an end."""
    sure = cued(said.rules, said.pieces, at - 1, "maybe")
    if not sure and not cued(said.rules, said.pieces, at - 1, "joined"):
        return False
    if not said.close(at) and said.pieces[at].gap.strip() not in (",", "-", ",\n"):
        return False
    if said.levels[at] is Level.NEW:
        return bool(sure) and len(said.plain(at)) > 3 and said.likely(at)
    if said.pieces[at].stem not in said.rules.names.given - said.rules.names.places:
        return False
    if said.pieces[at].capital:
        return not month(said, at)
    am = said.plain(at - 1) in ("im", "am", "is", "its")
    ended = not said.close(at + 1) or said.near(at + 1, "after")
    return am and ended and not said.near(at, "not_am") and not said.near(at, "verbs")


def _one(said: Said, at: int) -> bool:
    """Whether a word is not somebody's: in "mum's carer" no name of mum follows."""
    piece = said.pieces[at]
    return piece.plain == piece.stem


def _person(said: Said, at: int) -> bool:
    """Whether a person's name stands where one may stand or not."""
    return said.likely(at) or said.surname(at)
