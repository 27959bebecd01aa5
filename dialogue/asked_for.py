"""What a text asks the line for: STOP, NEW, DELETE and their like, and a reference. Pure."""

import re
from dataclasses import dataclass

from dialogue.plain import plain
from dialogue.script import Script

# Twilio knows these words, and only alone: it does nothing for "stop please".
TWILIOS = ("stop", "start", "help")


@dataclass(frozen=True)
class Keyword:
    """A word that asks the line for something, with the reference given beside it, if any."""

    word: str
    reference: str | None = None


def keyword(script: Script, language: str, text: str) -> Keyword | None:
    """A keyword if the whole text is one, or asks for it politely: "delete please". Inside a
    sentence keywords are just words."""
    polite = script.words[language].reading.polite
    said = plain(text)
    bare = " ".join(token for token in said.split() if token not in polite)
    return _keyword(script, language, said) or _asked_for(script, language, bare)


def _asked_for(script: Script, language: str, bare: str) -> Keyword | None:
    found = _keyword(script, language, bare)
    return found if found and found.word not in TWILIOS else None


def _keyword(script: Script, language: str, said: str) -> Keyword | None:
    for word, forms in script.words[language].keywords:
        if said in forms:
            return Keyword(word)
        if word in ("delete", "keep") and said.startswith(tuple(f"{form} " for form in forms)):
            given = reference(said.split(" ", 1)[1])
            if given:
                return Keyword(word, given)
    return None


def reference(text: str) -> str | None:
    """A reference as people write it ("k7rw 3x2", "K7RW-3X2") -> its seven signs, or None.

    A misread sign is still a reference, only nobody's: "DELETE K7RO-3X2" opens no item.
    """
    signs = re.sub(r"[\s-]", "", text).upper()
    in_two = re.fullmatch(r"(?=.*\d)[0-9A-Z]{4}[ -]?[0-9A-Z]{3}", text.strip().upper())
    return signs if in_two or re.fullmatch(r"[2-9KLRWXY]{7}", signs) else None
