"""Who else has the phone or reads on it, and what they found there: "he reads my texts". Pure."""

from dialogue.plain import plain
from dialogue.script import Script
from dialogue.signals import stands


def watched(script: Script, language: str, text: str) -> bool:
    """Whether somebody else has the phone or reads on it, and not only its number."""
    words = script.words[language]
    reading = words.reading
    return stands(words, reading.watched, f"{plain(text)} ", unless=reading.unwatched)


def found_out(script: Script, language: str, text: str) -> bool:
    """Whether somebody found our texts, or it is another's phone: told unasked, it may be of what
    happened ("she was on her phone when mum fell")."""
    words = script.words[language]
    reading = words.reading
    return stands(words, reading.found_out, f"{plain(text)} ", unless=reading.unwatched)
