"""No with a reason, or a no that comes late: "No, it's not safe, he reads my texts". Pure.

Of a yes nothing is guessed. A no that was meant otherwise costs somebody a reply; one that was
missed lets us text a phone that somebody else holds.
"""

import re
from collections.abc import Sequence
from functools import cache

from dialogue import wishes
from dialogue.plain import begins_with, either, gist, matter, plain
from dialogue.reading import Reading
from dialogue.script import Script
from dialogue.signals import stands
from dialogue.watched import found_out, held_by, watched

_ONE_OF_EACH = re.compile(r"(\w)\1+")  # "nooo" -> "no"
THUMB_DOWN = "👎"
# "No. He has my phone", "Nah - he reads it", but not "no-one came", "No. 7 Oak Road" or "2.30".
STOPPED = re.compile(r"\W*(\w+(?: \w+){0,2})(?=[,.!;:…]+(?:\s|$)|\s+[-–—]\s)(?!\W*\d)")


def unsafe(script: Script, language: str, text: str, asked: bool) -> bool:
    """Whether a text says that this phone is not safe to text. `asked`: that question is open, so
    a plain no with a reason behind it is meant for it, too."""
    return (
        says_not_safe(script, language, text)
        or found_out(script, language, text)
        or _not_while(script, language, text)
        or told_not_to(script, language, text)
        or (asked and no_because(script, language, text))
    )


def says_not_safe(script: Script, language: str, text: str) -> bool:
    """Whether a text begins with it that the phone is not safe, or says who reads on it."""
    ways = script.words[language].reading.unsafe
    begins = begins_with(gist(script, language, text), ways)
    unsafe = begins or only_unsafe(script, language, text)
    return unsafe or watched(script, language, text) or held_by(script, language, text)


def drawn_out(script: Script, language: str, text: str) -> bool:
    """Whether a text is a no and nothing else, however often or long it is said: "NO NO NO",
    "nooo", "n o". Of a yes nothing like it is guessed."""
    said = _ONE_OF_EACH.sub(r"\1", "".join(matter(script, language, text)))
    noes = (no for no in script.words[language].reading.noes if no.isalpha())
    return bool(said) and any(not said.replace(_ONE_OF_EACH.sub(r"\1", no), "") for no in noes)


def only_unsafe(script: Script, language: str, text: str) -> bool:
    """Whether a text says nothing else, or how long it is so, or that they are scared: "its still
    not safe here"."""
    reading = script.words[language].reading
    said = _for_now(reading).sub(" ", gist(script, language, text))
    return " ".join(said.split()) in (*reading.unsafe, *reading.unsafe_alone)


def _not_while(script: Script, language: str, text: str) -> bool:
    """Whether a text says that it is not safe while somebody is there: "not when hes home"."""
    words = script.words[language]
    parts = (f"{plain(part)} " for part in wishes.PARTS.split(text))
    return any(stands(words, words.reading.not_while, part) for part in parts)


def no_because(script: Script, language: str, text: str) -> bool:
    """Whether a text begins with a no that a stop or a reason follows."""
    words, reading = matter(script, language, text), script.words[language].reading
    stopped = STOPPED.match(text.casefold())
    if text.strip().startswith(THUMB_DOWN) or (stopped and plain(stopped[1]) in reading.noes):
        return True
    whys = [n for n, word in enumerate(words) if word in reading.because]
    return any(" ".join(words[:n]) in reading.noes for n in whys)


def told_not_to(script: Script, language: str, text: str) -> bool:
    """Whether a text says anywhere not to text or ring, or that the phone is not safe, or asks us
    not to reply: taken so where we asked if it is."""
    return refused(script, language, text) or tells_us_not_to(script, language, text)


def tells_us_not_to(script: Script, language: str, text: str) -> bool:
    """Whether a text says so to us, in or after words of danger, where nothing was asked. "The
    crisis team dont ring me back" is what somebody tells of them, and needs an answer."""
    return phone_unsafe(script, language, text) or wishes.asks_not_to(script, language, text)


def phone_unsafe(script: Script, language: str, text: str) -> bool:
    """Whether a text says anywhere that the phone is not safe, or that a no was meant."""
    reading = script.words[language].reading
    return _stands(script, language, text, reading.phone_unsafe) or any(
        _meant_no(reading).search(gist(script, language, part)) for part in wishes.PARTS.split(text)
    )


def refused(script: Script, language: str, text: str) -> bool:
    """Whether words are a refusal, or say that the phone is not safe. "Dont reply" is none here:
    who wants to die may say that, too."""
    reading = script.words[language].reading
    return _stands(script, language, text, reading.leave_me) or phone_unsafe(script, language, text)


@cache
def _for_now(reading: Reading) -> re.Pattern[str]:
    """What may stand beside it that a phone is not safe, and says no more than that."""
    return re.compile(rf"\b(?:{either(reading.for_now)})\b")


@cache
def _meant_no(reading: Reading) -> re.Pattern[str]:
    """How somebody says that their answer was to be no, in the words of a part that matter."""
    ways, whys = either(reading.meant_no), either(reading.because)
    return re.compile(rf"\b(?:{ways})(?:$| (?:{whys})\b)")


def _stands(script: Script, language: str, text: str, ways: Sequence[str]) -> bool:
    said = f" {gist(script, language, text)} "
    return any(f" {one} " in said for one in ways)
