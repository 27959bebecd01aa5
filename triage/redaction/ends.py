"""Where a name ends: surnames, initials, "van der", "Anne-Marie"."""

from triage.redaction.levels import Level
from triage.redaction.said import Said

MOST = 5  # words of one name


def name_end(said: Said, start: int) -> int:
    """Where a name ends: surnames, initials and the like belong to it."""
    end = start + 1 + initial_behind(said, start)
    while end < min(start + MOST, len(said.pieces)):
        initial = len(said.plain(end - 1)) == 1 and said.dotted(end)
        if (
            not (said.close(end) or initial)
            or said.pieces[end - 1].plain != said.pieces[end - 1].stem
        ):
            break
        if not _more(said, end):
            break
        end += 1
    while (
        end > start + 1
        and said.plain(end - 1) in said.rules.names.particles
        and not said.pieces[end - 1].capital
    ):
        end -= 1
    return end


def initial_behind(said: Said, at: int) -> bool:
    """Whether a surname stands before its initial: "Ashford, T"."""
    after = said.pieces[at + 1] if at + 1 < len(said.pieces) else None
    if after is None or after.gap != ", " or not said.pieces[at].capital:
        return False
    return after.upper and len(after.plain) == 1 and after.plain not in "ai"


def _more(said: Said, at: int) -> bool:
    """Whether a word goes on with a name."""
    found, piece = said.levels[at], said.pieces[at]
    letter = len(piece.plain) == 1 and piece.plain.isalpha() and piece.plain != "i"
    if letter and len(said.plain(at - 1)) == 1:
        return True
    particles = said.rules.names.particles
    if found is Level.SURE or said.plain(at) in particles or _an(said, at):
        return True
    if found is Level.MAYBE:
        initial = len(said.plain(at - 1)) == 1  # "mister h long"
        return initial or piece.capital or not said.near(at, "verbs") or said.surname(at)
    if found is Level.NEW:
        behind = said.plain(at - 1) in particles or _an(said, at - 1)  # "van der merwe"
        return piece.capital or behind or (len(piece.stem) > 3 and said.likely(at))
    if not piece.capital and found is Level.WORD:  # "miss penny farthing"
        told = said.near(at - 2, "titles") or said.plain(at - 2) in ("is", "called", "names")
        return told and said.surname(at)
    if not piece.capital or piece.plain == "i":
        return False
    before, other = said.levels[at - 1], said.near(at, "place_ends") or said.near(at, "not_named")
    surname = before is not Level.WORD and len(piece.plain) > 2 and not other
    return len(piece.plain) == 1 or surname


def _an(said: Said, at: int) -> bool:
    """Whether "an" is the one of "Mac an tSaoir"."""
    return said.plain(at) == "an" and said.plain(at - 1) in ("mac", "nic")
