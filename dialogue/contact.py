"""A no to whether we may text or ring, in other words than "2" or "no". Pure.

It is believed where it is surely meant for us; "dont ring me at work" is no refusal, and is read by
whoever rings.
"""

import re
from collections.abc import Iterable
from functools import cache

from dialogue import refusals, wishes
from dialogue.agreeing import single, welcome
from dialogue.plain import begins_with, either, gist, matter, plain
from dialogue.reading import Reading
from dialogue.script import Script
from dialogue.signals import stands
from dialogue.words import Words


def declines(script: Script, language: str, text: str) -> bool:
    """Whether a text is a no where we asked, or just said that we may: "Id rather not"."""
    rather_not = script.words[language].reading.rather_not
    rather = begins_with(gist(script, language, text), rather_not)
    no = rather or refusals.no_because(script, language, text)
    no = no or refusals.drawn_out(script, language, text)
    return (
        refusals.says_not_safe(script, language, text)
        or unwanted(script, language, text)
        or (no and not welcome(script, language, text))
    )


def because_of_others(script: Script, language: str, text: str) -> bool:
    """Whether a text is a no for the sake of somebody else: "dont ring he will see". It is one to
    us whatever it answers."""
    words = script.words[language]
    if not stands(words, words.reading.others, f"{plain(text)} "):
        return False
    return declines(script, language, text) or unwanted(script, language, _to_me(words, text))


def _to_me(words: Words, text: str) -> str:
    """A text that begins "dont ring he will see" as "dont ring me he will see"."""
    ways = (way for way in words.reading.leave_me if way.endswith(" me"))
    said, typed = plain(text), text.split()
    begins = next(filter(said.startswith, (way.removesuffix("me") for way in ways)), "")
    if not begins or said.startswith(f"{begins}me "):
        return text
    ahead = len(begins.split())
    return " ".join([*typed[:ahead], "me", *typed[ahead:]])


def unwanted(script: Script, language: str, text: str) -> bool:
    """Whether a text says anywhere not to text or ring at all, or that it is not safe: taken so
    where we said that we may."""
    reading = script.words[language].reading
    said = gist(script, language, text)
    left = _limited(reading).sub(" | ", f" {said} ")
    never = any(f" {one} " in left for one in reading.leave_me)
    unsafe = refusals.phone_unsafe(script, language, text)
    return unsafe or said in reading.unsafe or (never and not welcome(script, language, text))


def wants_none(script: Script, language: str, text: str) -> bool:
    """Whether a text asks for no more texts where nothing was said of them yet: "please stop"."""
    return bare(script, language, text) or (
        wishes.asks_not_to(script, language, text) and unwanted(script, language, text)
    )


def bare(script: Script, language: str, text: str) -> bool:
    """Whether a text only tells us to stop, or also that they have had enough: behind words of
    danger the second may be of life."""
    had_enough = wishes.had_enough(script, language, text, asked=False)
    return had_enough or enough(script, language, text)


def enough(script: Script, language: str, text: str) -> bool:
    """Whether a text only tells us to stop: "no, please dont ring". STOP itself is a keyword, and
    Twilio's too: for "stop please" Twilio does nothing."""
    words, said = script.words[language], matter(script, language, text)
    reading = words.reading
    behind = said[1:] if said and said[0] in reading.noes else said
    asked = {" ".join(said), " ".join(behind)}
    silent = _of_us(reading, text, asked.intersection(reading.no_reply))
    ways = {*words.keywords.stop, *reading.enough, *reading.leave_me}
    never = " ".join(word for word in behind if word not in reading.for_good)
    left = never in reading.leave_me or f"{' '.join(behind)} me" in reading.leave_me
    return left or silent or not ways.isdisjoint(asked)


def _of_us(reading: Reading, text: str, ways: Iterable[str]) -> bool:
    """Whether one of these wishes for silence stands so in a text: "you dont reply" is told of us,
    by somebody who still waits, and "you" is a polite word that else is left out."""
    said = plain(text)
    told = (f"{one} {way}" for way in ways for one in reading.told_of)
    return any(f" {way} " in f" {said} " for way in ways) and not begins_with(said, told)


def still_waits(script: Script, language: str, text: str) -> bool:
    """Whether a text says only that nobody answered them: "No reply"."""
    return gist(script, language, text) in script.words[language].reading.unreached


def begins(script: Script, language: str, text: str) -> bool:
    """Whether a text begins with a yes or a no: beside that question it is about nothing else."""
    first = matter(script, language, text)[:1]
    yes, no = single(script, language, "yes"), single(script, language, "no")
    return bool(first) and first[0] in yes | no


@cache
def _limited(reading: Reading) -> re.Pattern[str]:
    """A refusal of a time or place, or one that is none of ours, in the words that matter with a
    space round them."""
    ways, fear = either(reading.leave_me), either(reading.not_then)
    when, others = either((*reading.only_when, *reading.called)), either(reading.told_of)
    limit = rf" (?:{ways}) (?!(?:{fear}) )(?:{when})(?= )"
    return re.compile(rf"{limit}| (?:{others}) (?:{ways})(?= )")
