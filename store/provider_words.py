"""The words that a place of care is found by, and the beginnings that are looked up. Pure."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 40
MOST = 8  # words of a query: nobody says a longer name and town
# Half the directory has one of these: they find nothing, and would be most of the index.
COMMON = frozenset(re.findall(r"\w+", """
    and at by cic close co court drive for from group hill
    home homes house in lane limited ltd my near of on or
    our plc road st street the their to uk was west we
    care centre clinic dental dentist doctors dr healthcare health hospital medical nhs
    nursing practice residential service services surgery trust foundation england midlands county
    east north south green park avenue way city borough council metropolitan
"""))  # fmt: skip


def words(*parts: str) -> set[str]:
    """The words of a place: lower case, without accents, apostrophes and common words."""
    return {word for word in _split(" ".join(parts)) if word not in COMMON}


def beginnings(said: str) -> list[str]:
    """What somebody said or typed -> beginnings of words to look for; common words only at need.

    A long word may end otherwise than it was heard: "Russels" is to find Russells, "lapel" Lapal.
    """
    found = list(dict.fromkeys(_split(said)))
    wanted = [word for word in found if word not in COMMON] or found
    return [_beginning(word) for word in wanted if len(word) > 1][:MOST]


def plain(text: str) -> str:
    """A text as its words in their order, to be compared with another."""
    return " ".join(_split(text))


def _beginning(word: str) -> str:
    short = len(word) < 5 or any(c.isdigit() for c in word)
    return word if short else word[:-2]


def _split(text: str) -> Iterable[str]:
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    return (word[:LONGEST] for word in re.findall(r"[^\W_]+", re.sub("['’`]", "", plain)))
