"""What stands behind the digit of a service: its name and town, or what happened there. Pure."""

import re
from collections.abc import Sequence

from dialogue.reading import Reading

MOST = 6  # words
LONGEST = 200  # characters, as its column has it


def named(reading: Reading, words: Sequence[str]) -> bool:
    """Whether the plain words behind a digit are a name: "Russells Hall Dudley", "Good Hope"."""
    return len(words) <= MOST and not _tells(reading, words)


def told(reading: Reading, words: Sequence[str], apart: bool) -> bool:
    """Whether they tell something, and the digit counts nothing in it: a long name, or "2. We were
    left", but not "2 weeks we were left". `apart`: the digit stands by itself."""
    if apart or words[0] in reading.subjects:
        return True
    return len(words) > MOST and not _tells(reading, words)


def written(text: str, signs: int) -> str:
    """The place of a text as it was typed behind its first word of so many signs: "2", "2x"."""
    return re.sub(rf"^[\W_]*\w{{{signs}}}[\W_]*", "", text.strip()).strip()[:LONGEST]


def _tells(reading: Reading, words: Sequence[str]) -> bool:
    known = next((n for n in reading.names if f"{' '.join(words)} ".startswith(f"{n} ")), "")
    rest = words[len(known.split()) :]
    return (not known and _counted(reading, rest)) or not reading.not_places.isdisjoint(rest)


def _counted(reading: Reading, words: Sequence[str]) -> bool:
    if words[0] in reading.name_begins:
        return (
            len(words) == 1 or words[1].isdigit() or words[1] in reading.counted | reading.not_names
        )
    return words[0] in reading.counted
