"""Texts that alarm though nobody is in danger: what a phone sends by itself, a bare no. Pure."""

from collections.abc import Sequence

from dialogue import signals
from dialogue.answers import answers
from dialogue.plain import gist, plain
from dialogue.script import Script
from dialogue.thread import NO, Thread
from tiers import BY_MEANING


def automatic(script: Script, language: str, text: str) -> bool:
    """Whether nobody wrote a text: "I'm driving with Driving Focus turned on"."""
    words = script.words[language]
    return signals.nothing_but(words, words.reading.automatic, f"{plain(text)} ")


def only_sounds(
    script: Script, language: str, thread: Thread, text: str, reasons: Sequence[str]
) -> bool:
    """Whether a tier rests on the sound of a plain no to "May we text you back?" alone. A listed
    phrase in it still counts, and so does any word beside the no."""
    heard = bool(reasons) and all(reason.startswith(BY_MEANING) for reason in reasons)
    return heard and thread.place == "contact" and _refuses(script, language, text)


def _refuses(script: Script, language: str, text: str) -> bool:
    if answers(script, language, "contact", text).get("contact") == NO:
        return True
    reading = script.words[language].reading
    said = f" {gist(script, language, text)} "
    way = next((way for way in reading.leave_me if f" {way} " in said), None)
    if way is None:
        return False
    beside = said.replace(f" {way} ", " ", 1).split()
    return set(beside) <= reading.pleading | reading.noes | reading.for_good
