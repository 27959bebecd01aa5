"""No with a reason, or a no that comes late: "No, it's not safe, he reads my texts". Pure.

Of a yes nothing is guessed. A no that was meant otherwise costs somebody a reply; one that was
missed lets us text a phone that somebody else holds.
"""

import re
from collections.abc import Sequence

from dialogue.answers import answers, matter, plain
from dialogue.script import Script
from dialogue.signals import pattern

THUMB_DOWN = "👎"
# "No. He has my phone", "Nah - he reads it", but not "no-one came", "No. 7 Oak Road" or "2.30".
STOPPED = re.compile(r"\W*(\w+(?: \w+){0,2})(?=[,.!;:…]+(?:\s|$)|\s+[-–—]\s)(?!\W*\d)")

PARTS = re.compile(r"[.,;:!?…\n]+|\s[-–—]\s")


def unsafe(script: Script, language: str, text: str, asked: bool) -> bool:
    """Whether a text says that this phone is not safe to text. `asked`: that question is open, so
    a plain no with a reason behind it is meant for it, too."""
    words = matter(script, language, text)
    said = " ".join(words)
    begins = script.words[language].reading.unsafe
    return (
        said.startswith(tuple(f"{one} " for one in begins))
        or told_not_to(script, language, text)
        or _watched(script, language, text)
        or (asked and _no_because(script, language, text, words))
    )


def no_contact(script: Script, language: str, text: str) -> str | None:
    """Whether a text takes back that we may text or ring: "answer" if it says nothing else,
    "words" if it does, or None."""
    if answers(script, language, "contact", text).get("contact") == "no":
        return "answer"
    return "words" if told_not_to(script, language, text) else None


def told_not_to(script: Script, language: str, text: str) -> bool:
    """Whether a text says anywhere not to text or ring: taken so after words of danger, or where
    we said that we may."""
    said = " ".join(matter(script, language, text))
    return any(f" {one} " in f" {said} " for one in script.words[language].reading.leave_me)


def asks_not_to(script: Script, language: str, text: str) -> bool:
    """The same, but meant for us: "they dont ring me back" is what somebody tells of a surgery."""
    reading = script.words[language].reading
    ways = "|".join(map(re.escape, reading.leave_me))
    before = "|".join(map(re.escape, sorted(reading.pleading)))
    asked = re.compile(rf"(?:^|\b(?:{before}) )(?:{ways})\b" if ways else r"(?!)")
    return any(asked.search(plain(part)) for part in PARTS.split(text))


def says_more(script: Script, language: str, text: str, reasons: Sequence[str]) -> bool:
    """Whether one of these reasons stands in the text, and not in its refusal alone: "please dont
    text me he is back" sounds like a cry, and is a plain no."""
    said = plain(text)
    own = [plain(one) for one in reasons if plain(one) in said]
    return any(not told_not_to(script, language, one) for one in own)


def _watched(script: Script, language: str, text: str) -> bool:
    """Whether somebody else has the phone, or reads on it: "he checks my messages"."""
    words = script.words[language]
    ways = pattern(words.reading.watched, tuple(words.names.items()))
    return ways.search(plain(text) + " ") is not None


def _no_because(script: Script, language: str, text: str, words: Sequence[str]) -> bool:
    reading = script.words[language].reading
    stopped = STOPPED.match(text.casefold())
    if text.strip().startswith(THUMB_DOWN) or (stopped and plain(stopped[1]) in reading.noes):
        return True
    whys = [n for n, word in enumerate(words) if word in reading.because]
    return any(" ".join(words[:n]) in reading.noes for n in whys)
