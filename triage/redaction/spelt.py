"""Names that are spelt out: "pettifer p e double t i f e r", "that's k a u r kaur"."""

from collections.abc import Iterable, Iterator

from triage.redaction.levels import Level
from triage.redaction.said import Said
from triage.redaction.secret import Part

FEWEST = 3  # letters that are more than initials
LINKING = ("that", "thats", "is", "it", "its", "spelt", "spelled", "with", "as", "and")
LINKS = 4  # of these between a name and its letters
TIMES = {"double": 2, "treble": 3, "triple": 3}
FOR = ("for", "like")  # "p for peter"
Letters = tuple[str, int]  # what they spell, and where they end


def letters(said: Said, start: int) -> Letters:
    """The letters from here on, "b for bob" and "double t" as said; none are an empty text."""
    found, at = "", start
    while at == start or said.close(at) or said.plain(at - 1) in TIMES:
        times = TIMES.get(said.plain(at), 1)
        one = said.plain(at + (times > 1))
        if len(one) != 1 or not one.isalpha():
            break
        found, at = found + one * times, at + 1 + (times > 1)
        if said.plain(at) in FOR and said.plain(at + 1)[:1] == one:
            at += 2
    return found, at


def spelt(said: Said, end: int) -> tuple[int, int] | None:
    """Where the letters stand that spell out the name that ends here."""
    at = end
    while at < end + LINKS and said.plain(at) in LINKING:
        at += 1
    found, last = letters(said, at)
    return (at, last) if len(found) >= FEWEST else None


def spells(said: Said, at: int) -> bool:
    """Whether a word is spelt out behind itself: "baker that's b a k er"."""
    place = spelt(said, at + 1) if len(said.plain(at)) >= FEWEST else None
    return place is not None and said.plain(place[0]) == said.plain(at)[0]


def spelling(said: Said, parts: Iterable[Part]) -> Iterator[Part]:
    """The letters behind each name, and letters that spell one which is said later or never."""
    yield from ((*place, "name") for _, end, _ in parts if (place := spelt(said, end)))
    at = 0
    while at < len(said.pieces):
        found, end = letters(said, at) if len(said.plain(at)) == 1 else ("", at)
        if len(found) >= FEWEST and _named(said, found, end):
            yield at, end, "name"
        at = max(end, at + 1)


def _named(said: Said, found: str, end: int) -> bool:
    names = said.rules.names
    listed = found in names.sure or found in names.given
    return listed or (said.plain(end) == found and said.levels[end] is not Level.WORD)
