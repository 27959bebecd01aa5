"""Which place of care somebody meant: the directory's places, the likeliest first. Pure."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from store.provider_rows import Provider
from store.provider_words import COMMON, plain

MOST = 8
LONGEST = 200  # characters of `Feedback.provider`
NUMBERED = re.compile(r"(.+) \(([A-Z0-9][A-Z0-9-]{2,19})\)")
LIKELY = 80  # of 100, from which on a place is offered to somebody who did not ask
FITS = 10  # what the right kind of service is worth
# The directory's service types that are meant by each of the line's usual services; what a line
# adds, and "other", fits every type that is none of these.
TYPES = {
    "gp": ("doctors/gps",),
    "hospital": ("hospital", "ambulance", "urgent care", "acute"),
    "care_home": ("residential home", "nursing home", "homecare", "supported", "shared lives",
                  "extra care"),
}  # fmt: skip


def ranked(said: str, service: str | None, places: Iterable[Provider]) -> list[Provider]:
    """The best few, by the nearness of their words to `said` and by the kind of service."""
    return [place for _, place in _scored(said, service, places)][:MOST]


def likely(said: str, service: str | None, places: Iterable[Provider]) -> list[Provider]:
    """Those of them of that kind that are near enough to be offered unasked; four at most."""
    scored = _scored(said, service, places)
    return [p for score, p in scored if fits(p, service) and score - FITS >= LIKELY][:4]


def fits(place: Provider, service: str | None) -> bool:
    """Whether a place is of the kind that somebody said; True where they said none."""
    if service is None:
        return True
    of_these = [key for key, types in TYPES.items() if _has(place, types)]
    return service in of_these if service in TYPES else not of_these


def written(place: Provider) -> str:
    """A place as the coding form has it: name, council and number. `number` reads it back."""
    name = ", ".join(filter(None, (place.name, place.council)))
    return f"{name[: LONGEST - len(place.id) - 3]} ({place.id})"


def number(provider: str | None) -> str | None:
    """The directory's number in what the form had; None for a name that somebody typed."""
    found = NUMBERED.fullmatch(provider or "")
    return found[2] if found else None


def name(provider: str | None) -> str | None:
    """The name in what the form had, without its number."""
    found = NUMBERED.fullmatch(provider or "")
    return found[1] if found else provider


def _scored(
    said: str, service: str | None, places: Iterable[Provider]
) -> Sequence[tuple[float, Provider]]:
    scores = [(_near(plain(said), place) + FITS * fits(place, service), place) for place in places]
    return sorted(scores, key=lambda one: (-one[0], one[1].name, one[1].id))


def _near(said: str, place: Provider) -> float:
    """How near a place is, of 100: each word's best likeness, and a little the whole name's.

    A word of the name counts more than one of the address, a common one less than a telling one.
    """
    names = plain(f"{place.name} {place.also}").split()
    rest = plain(f"{place.address} {place.postcode} {place.council} {place.company}").split()
    weights = [(word, 1 if word in COMMON else 3) for word in said.split()]
    likeness = sum(
        weight * max(_best(word, names), 0.8 * _best(word, rest)) for word, weight in weights
    )
    whole = fuzz.token_sort_ratio(said, " ".join(names))
    return 0.9 * likeness / (sum(weight for _, weight in weights) or 1) + 0.1 * whole


def _best(word: str, words: Sequence[str]) -> float:
    # Who types has not finished the word: its beginning is as good as all of it.
    starts = [other[: len(word)] for other in words] if len(word) > 2 else words
    found = process.extractOne(word, starts, scorer=fuzz.ratio)
    return found[1] if found else 0


def _has(place: Provider, types: Sequence[str]) -> bool:
    return any(one in place.types.casefold() for one in types)
