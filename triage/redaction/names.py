"""Names of people: by the lists, and by what stands around them (care.md 6, "Names")."""

from collections.abc import Iterator, Sequence

from triage.redaction.alone import alone
from triage.redaction.ends import name_end
from triage.redaction.introduced import introduced
from triage.redaction.levels import Level, level
from triage.redaction.plain import Piece
from triage.redaction.reading import Reading
from triage.redaction.rules import Rules
from triage.redaction.said import Said
from triage.redaction.secret import Part
from triage.redaction.spelt import spelling, spells

PARENTS = ("abu", "umm", "ibn", "bint")
NUMBERED = ("ward", "bay", "unit")  # places with a number rather than somebody's name


def names(rules: Rules, pieces: Sequence[Piece]) -> Iterator[Part]:
    """Each name, with its surname, without its title."""
    levels = [level(rules, piece) for piece in pieces]
    said = Said(rules, pieces, levels, Reading(rules, pieces, levels))
    parts = list(_named(said))
    yield from parts
    yield from _again(said, parts)
    yield from spelling(said, parts)


def _again(said: Said, parts: Sequence[Part]) -> Iterator[Part]:
    """Who was named once is named again by a capital: "Ravinder Gill ... they don't use Gill"."""
    taken = {at for start, end, _ in parts for at in range(start, end)}
    called = {said.pieces[at].stem for at in taken if said.levels[at] is not Level.WORD}
    for at, piece in enumerate(said.pieces):
        known = at not in taken and piece.stem in called and piece.capital
        if known and not _stays(said, at) and not _place(said, at, at + 1):
            yield at, at + 1, "name"


def _named(said: Said) -> Iterator[Part]:
    pieces, at = said.pieces, 0
    while at < len(pieces):
        kept = _stays(said, at)
        end = at + kept or at
        if not kept and (start := _begins(said, at)) is not None:
            end = _before_ward(said, start, name_end(said, start))
            if start != at or not _place(said, start, end):
                yield start - _led(said, start), end, "name"
        at = max(end, at + 1)


def _led(said: Said, at: int) -> bool:
    """Whether the word before belongs to a name: "El-Sayed", "umm salamah"."""
    before = said.plain(at - 1)
    first = before in PARENTS or (
        before in said.rules.names.particles and at > 0 and said.pieces[at - 1].capital
    )
    return first and said.close(at)


def _before_ward(said: Said, start: int, end: int) -> int:
    """Where "lily ward" ends as a name, which is a surname too, if nothing introduced it."""
    ward = end > start + 1 and said.near(end - 1, "wards") and not introduced(said, start)
    ward = ward or (end > start + 1 and _staff(said, end - 1))
    return end - ward


def _staff(said: Said, at: int) -> bool:
    """Whether "ward" begins what somebody does: "Gwyneira, ward clerk"."""
    return said.plain(at) == "ward" and (
        said.near(at + 1, "roles") or said.plain(at + 1) == "clerk"
    )


def _stays(said: Said, at: int) -> int:
    """How many words from here on are a phrase that is nobody's name."""
    for words in said.rules.stays.get(said.plain(at), ()):
        if [piece.plain for piece in said.pieces[at : at + len(words)]] == words:
            return len(words)
    return 0


def _begins(said: Said, at: int) -> int | None:
    """Where a name begins that this word begins or leads to."""
    lead = at + 1
    if lead < len(said.pieces) and not _stays(said, lead) and introduced(said, lead):
        return lead
    return at if alone(said, at) or said.reads(at) or spells(said, at) else None


def _place(said: Said, start: int, end: int) -> bool:
    """Whether a name is of a place: "Jasmine Court", not "Jean's house"."""
    owned = said.pieces[end - 1].plain != said.pieces[end - 1].stem
    numbered = said.plain(end) in NUMBERED and said.plain(end + 1).isdecimal()
    if numbered and end > start + 1:  # "J Bloggs ward 9"
        return False
    saint = start > 0 and said.plain(start - 1) in ("st", "saint", "queen", "king", "prince")
    return saint or (
        not owned and not _staff(said, end) and said.close(end) and said.near(end, "place_ends")
    )
