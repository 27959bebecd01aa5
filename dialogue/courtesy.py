"""Polite words and nothing else: "ok thanks x", a thumb. They ask for no reply, no work. Pure."""

import re
import unicodedata
from functools import cache

from dialogue.plain import begins_with, plain
from dialogue.reading import Reading
from dialogue.script import Script

THUMB = "👍"
FEW = 6  # words: "I will try PALS first"


def polite(script: Script, language: str, text: str) -> bool:
    """Whether a text says nothing but thanks or ok, or has no word in it at all."""
    said = f"{plain(text)} ".lstrip()
    return (
        bool(text.strip()) and _thanks(script.words[language].reading).fullmatch(said) is not None
    )


def wordless(text: str) -> bool:
    """Whether a text has no word in it, and no thumb, which is an ok: 😢, "?"."""
    return not plain(text) and THUMB not in text


def pictured(text: str) -> bool:
    """Whether a text without words still shows something: 😡 does, "?" does not."""
    return any(unicodedata.category(sign) == "So" for sign in text)


def by_themselves(script: Script, language: str, text: str) -> bool:
    """Whether somebody thanks for advice and says in a few words that they will see to it: no need
    of ours. "Ill ask my neighbour to feed me" is one."""
    reading = script.words[language].reading
    said = f"{plain(text)} "
    thanks = _thanks(reading).match(said)
    rest = said[thanks.end() :] if thanks and thanks.end() else ""
    more = "?" in text or set(rest.split()) & reading.still_needed
    will = begins_with(rest, reading.will_do)
    return will and not more and len(rest.split()) <= FEW


@cache
def _thanks(reading: Reading) -> re.Pattern[str]:
    """Courtesies in a row, in plain words with a space behind each. What is taken is never given
    back (`*+`): some are two others, and a long row could be cut in more ways than can be tried."""
    ways = "|".join(map(re.escape, sorted(map(plain, reading.courtesies), key=len, reverse=True)))
    return re.compile(rf"(?:(?:{ways}) )*+" if ways else "")
