"""Who else has the phone or reads on it, and what they found there: "he reads my texts". Pure."""

from collections.abc import Sequence

from dialogue.plain import plain
from dialogue.script import Script
from dialogue.signals import nothing_but, stands
from dialogue.wishes import PARTS


def watched(script: Script, language: str, text: str) -> bool:
    """Whether somebody else has the phone or reads on it, and not only its number."""
    words = script.words[language]
    reading = words.reading
    return stands(words, reading.watched, f"{plain(text)} ", unless=reading.unwatched)


def minded(script: Script, language: str, text: str, reasons: Sequence[str]) -> bool:
    """Whether one of their kin or a carer has the phone or reads on it, and nothing else in a text
    that cannot wait tells of danger: who is ill or blind may want it so."""
    words = script.words[language]
    reading = words.reading
    unless = (*reading.unwatched, *reading.minded)
    said = f"{plain(text)} "
    if nothing_but(words, reading.minded, said):
        return True
    helped = not stands(words, reading.watched, said, unless=unless)
    return helped and all(stands(words, reading.minds, f"{plain(why)} ") for why in reasons)


def held_by(script: Script, language: str, text: str) -> bool:
    """Whether anybody else has the phone or reads on it, told where we asked if we may text, or if
    that is safe: unasked it may be of what happened ("the carer took my phone")."""
    words = script.words[language]
    reading = words.reading
    return stands(words, reading.held_by, f"{plain(text)} ", unless=reading.unwatched)


def found_out(script: Script, language: str, text: str) -> bool:
    """Whether somebody found our texts, or it is another's phone, told where we asked if it is safe
    or were told so: elsewhere it may be of what happened ("my son saw my texts from the ward")."""
    words = script.words[language]
    reading = words.reading
    return any(
        stands(words, reading.found_out, f"{plain(part)} ", unless=reading.unwatched)
        for part in PARTS.split(text)
    )
