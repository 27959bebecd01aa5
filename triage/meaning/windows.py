"""A long text in parts that one cry would fill. Pure."""

import re

# A cry may be one clause of a long message: it is read in windows that overlap by a third.
WINDOW, STEP = 36, 24
FEWEST = 4  # "DELETE", "me", "stop all": so few words have no meaning of their own, only phrases
WINDOWS = 48  # of one text: five minutes of quick speech; more would keep a caller waiting


def windows(text: str) -> list[str]:
    """A text in parts that one cry would fill: its sentences, or where none end, by words."""
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?\n])\s+", text[: WINDOWS * 400]):
        words = sentence.split()
        starts = range(0, max(1, len(words) - STEP), STEP) if len(words) > WINDOW else (0,)
        found += [" ".join(words[start : start + WINDOW]) for start in starts if words]
    if len(found) > 1 and len(text.split()) <= 2 * WINDOW:
        found.append(" ".join(text.split()))  # what one sentence says, the next may take back
    return list(dict.fromkeys(found))[:WINDOWS]


def telling(text: str) -> list[str]:
    """Those windows of a text that have words enough to mean something by themselves."""
    return [window for window in windows(text) if len(window.split()) >= FEWEST]
