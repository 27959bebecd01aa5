"""The list of words that a model can hear: their names, by the numbers that its graph has."""

import re
from pathlib import Path

# Kaldi puts it behind all words (prepare_lang.sh): a list without it was cut.
BEHIND_ALL = re.compile(rb"^#0[ \t]+\d", re.MULTILINE)


def wrong(path: Path) -> str | None:
    """What is wrong with the list at `path`, or None. A graph may have its own; then none is there.

    Vosk takes any list, and hears nameless words by it, or dies of a name that is no UTF-8.
    """
    if not path.exists():
        return None
    content = path.read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError:
        return "is not UTF-8"
    return None if BEHIND_ALL.search(content) else "is not whole"
