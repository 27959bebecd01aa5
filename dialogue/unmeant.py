"""Texts that alarm though nobody is in danger: what a phone sends by itself, answers to us. Pure.

Where we asked, or texted, "emergency" is a service and "im done" is done with our questions.
"""

from collections.abc import Sequence

from dialogue import signals, wishes
from dialogue.answers import ORDER, answers, says_more
from dialogue.asked_for import keyword
from dialogue.plain import plain
from dialogue.refusals import only_unsafe
from dialogue.script import Script
from dialogue.thread import ADVISED, CLOSED, NO, NOTHING, Thread
from tiers import BY_MEANING, URGENT

LOWERED = "R3"  # a flag of a listed phrase is lowered and never dropped
UNHURT = (*ORDER, CLOSED, ADVISED, NOTHING)  # no words of danger came before


def automatic(script: Script, language: str, text: str) -> bool:
    """Whether nobody wrote a text: "I'm driving with Driving Focus turned on"."""
    words = script.words[language]
    return signals.nothing_but(words, words.reading.automatic, f"{plain(text)} ")


def tier(
    script: Script,
    language: str,
    thread: Thread,
    text: str,
    heard: str | None,
    reasons: Sequence[str],
) -> str | None:
    """What is left of the tier that was heard in a text, where it is for us."""
    if heard not in URGENT:
        return heard
    sounds = all(reason.startswith(BY_MEANING) for reason in reasons)
    if sounds and (_refuses(script, language, thread, text) or keyword(script, language, text)):
        return None
    return LOWERED if _answers(script, language, thread, text) else heard


def _refuses(script: Script, language: str, thread: Thread, text: str) -> bool:
    """Whether a text is a plain no to "May we text you back?" or to texts, and no word more."""
    asked = thread.place == "contact"
    if asked and answers(script, language, "contact", text).get("contact") == NO:
        return True
    beside, reading = wishes.beside(script, language, text), script.words[language].reading
    empty = reading.pleading | reading.noes | reading.for_good
    return thread.place in UNHURT and beside is not None and set(beside) <= empty


def _answers(script: Script, language: str, thread: Thread, text: str) -> bool:
    """Whether all of a text names an answer to the open question, or says that they have had enough
    of our questions or texts."""
    asked = thread.place in ORDER
    if asked and _names(script, language, thread.place, text):
        return True
    return thread.place in UNHURT and wishes.had_enough(script, language, text, asked)


def _names(script: Script, language: str, asked: str, text: str) -> bool:
    """Whether a text is an option and no more. Of "not safe" somebody is to hear wherever it comes,
    and the phone is asked after."""
    if only_unsafe(script, language, text):
        return False
    gave = answers(script, language, asked, text)
    return set(gave) == {asked} and not says_more(script, language, gave, text)
