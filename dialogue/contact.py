"""Whether we may text or ring, in other words than "1" or "yes": what a text says of it. Pure.

Of a yes nothing is guessed: "you can text me" is one, "it was on ward 4" is none. A no is believed
where it is surely meant for us; "dont ring me at work" is no refusal, and is read by whoever rings.
"""

import re
from functools import cache
from itertools import dropwhile

from dialogue import refusals
from dialogue.answers import matter, plain
from dialogue.digits import digit
from dialogue.script import Script
from dialogue.signals import stands
from dialogue.words import Reading


def agrees(script: Script, language: str, text: str) -> bool:
    """Whether a text begins with it that we may: "yes you can text me, but only after six"."""
    reading, words = script.words[language].reading, plain(text).split()
    ahead = reading.pleading | _single(script, language, "yes")
    said = " ".join(dropwhile(lambda word: word in ahead, words))
    noes = {word for word in words if word in reading.noes and digit(word) is None}
    return f"{said} ".startswith(tuple(f"{one} " for one in reading.may)) and not noes


def declines(script: Script, language: str, text: str) -> bool:
    """Whether a text is a no where we asked, or just said that we may: "Id rather not"."""
    said = " ".join(matter(script, language, text))
    rather = f"{said} ".startswith(
        tuple(f"{one} " for one in script.words[language].reading.rather_not)
    )
    no = rather or refusals.no_because(script, language, text)
    return (
        refusals.not_safe(script, language, text)
        or unwanted(script, language, text)
        or (no and not _welcome(script, language, text))
    )


def unwanted(script: Script, language: str, text: str) -> bool:
    """Whether a text says anywhere not to text or ring at all, or that it is not safe: taken so
    where we said that we may."""
    reading = script.words[language].reading
    said = " ".join(matter(script, language, text))
    left = _limited(reading).sub(" | ", f" {said} ")
    never = any(f" {one} " in left for one in reading.leave_me)
    unsafe = any(f" {one} " in f" {said} " for one in reading.phone_unsafe)
    return unsafe or said in reading.unsafe or (never and not _welcome(script, language, text))


def wants_none(script: Script, language: str, text: str) -> bool:
    """Whether a text asks for no more texts where nothing was said of them yet: "please stop"."""
    return enough(script, language, text) or (
        refusals.asks_not_to(script, language, text) and unwanted(script, language, text)
    )


def enough(script: Script, language: str, text: str) -> bool:
    """Whether a text only tells us to stop: "no, please dont ring". STOP itself is a keyword, and
    Twilio's too: for "stop please" Twilio does nothing."""
    words, said = script.words[language], matter(script, language, text)
    asked = " ".join(said[1:] if said and said[0] in words.reading.noes else said)
    ways = (*words.keywords.stop, *words.reading.enough, *words.reading.leave_me)
    return asked in ways or f"{asked} me" in words.reading.leave_me


def begins(script: Script, language: str, text: str) -> bool:
    """Whether a text begins with a yes or a no: beside that question it is about nothing else."""
    first = matter(script, language, text)[:1]
    yes, no = _single(script, language, "yes"), _single(script, language, "no")
    return bool(first) and first[0] in yes | no


def _single(script: Script, language: str, option: str) -> frozenset[str]:
    words = script.question(language, "contact").options[option].words
    return frozenset(word for word in map(plain, words) if " " not in word)


def _welcome(script: Script, language: str, text: str) -> bool:
    """Whether a text also says to ring or text, or when: "after 2", but not "he is in after 2"."""
    words, asks = script.words[language], _asks(script.words[language].reading)
    if any(asks.search(plain(part)) for part in refusals.PARTS.split(text)):
        return True
    said = f"{plain(text)} "
    others = stands(words, words.reading.others, said)
    return not others and _times(words.reading).search(said) is not None


@cache
def _limited(reading: Reading) -> re.Pattern[str]:
    """A refusal of a time or place, in the words that matter with a space round them."""
    ways = "|".join(map(re.escape, reading.leave_me))
    when = "|".join(map(re.escape, reading.only_when))
    fear = "|".join(map(re.escape, reading.not_then))
    limit = rf" (?:{ways}) " + (rf"(?!(?:{fear}) )" if fear else "") + rf"(?:{when})(?= )"
    return re.compile(limit if ways and when else r"(?!)")


@cache
def _asks(reading: Reading) -> re.Pattern[str]:
    """How somebody tells us to ring or text, in the plain words of a part of what they say."""
    ahead = "|".join(map(re.escape, sorted({*reading.pleading, *reading.instead})))
    ways = "|".join(map(re.escape, reading.may + reading.any_time))
    return re.compile(rf"(?:^|\b(?:{ahead}) )(?:{ways})\b" if ways else r"(?!)")


@cache
def _times(reading: Reading) -> re.Pattern[str]:
    """An hour of the day, but not "after 2 weeks"."""
    hours = "|".join(map(re.escape, reading.hours))
    counts = "|".join(map(re.escape, sorted(reading.counted)))
    return re.compile(rf"\b(?:{hours}) \d+(?!\d| (?:{counts}) )" if hours else r"(?!)")
