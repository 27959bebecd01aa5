"""Polite words and nothing else: "ok thanks x", a thumb. They ask for no reply, no work. Pure."""

import re
import unicodedata
from functools import cache

from dialogue.answers import plain
from dialogue.script import Script
from dialogue.words import Reading


def polite(script: Script, language: str, text: str) -> bool:
    """Whether a text says nothing but thanks or ok, or has no word in it at all."""
    said = f"{plain(text)} ".lstrip()
    return (
        bool(text.strip()) and _thanks(script.words[language].reading).fullmatch(said) is not None
    )


def pictured(text: str) -> bool:
    """Whether a text without words still shows something: 😡 does, "?" does not."""
    return any(unicodedata.category(sign) == "So" for sign in text)


def by_themselves(script: Script, language: str, text: str) -> bool:
    """Whether somebody thanks for advice and says that they will see to it: no need of ours."""
    reading = script.words[language].reading
    said = f"{plain(text)} "
    ready = _thanks(reading).match(said)
    rest = said[ready.end() :] if ready else ""
    more = "?" in text or set(rest.split()) & reading.still_needed
    return not more and rest.startswith(tuple(f"{one} " for one in reading.will_do))


@cache
def _thanks(reading: Reading) -> re.Pattern[str]:
    """Courtesies in a row, in plain words with a space behind each."""
    ways = "|".join(map(re.escape, sorted(map(plain, reading.courtesies), key=len, reverse=True)))
    return re.compile(rf"(?:(?:{ways}) )*" if ways else "")
