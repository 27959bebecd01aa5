"""A wish not to be texted or rung that is for us: "ok, but dont text me he will see". Pure.

What somebody tells of others ("the receptionist said: do not call me again") is none.
"""

import re
from functools import cache
from itertools import pairwise

from dialogue.plain import either, gist, matter, plain
from dialogue.reading import Reading
from dialogue.script import Script

PARTS = re.compile(r"[.,;:!?…\n]+|\s[-–—]\s")


def asks_not_to(script: Script, language: str, text: str) -> bool:
    """Whether a text asks us not to text or ring: it begins a part of what is said or pleads, and
    nothing else is meant: "dont call me a liar"."""
    words = script.words[language]
    reading = words.reading
    asked = _wish(reading, words.names["near"])
    return any(
        asked.search(part) or asked.match(_behind(reading, part)) for part in _own(reading, text)
    )


def had_enough(script: Script, language: str, text: str, asked: bool) -> bool:
    """Whether a text says that they have had enough, beside a wish not to be texted or, where our
    question is open (`asked`), alone, and no word more."""
    reading, left = script.words[language].reading, beside(script, language, text)
    said = matter(script, language, text) if left is None else left
    bare = said[1:] if said and said[0] in reading.noes else said
    return (asked or left is not None) and " ".join(bare) in reading.had_enough


def beside(script: Script, language: str, text: str) -> list[str] | None:
    """The words that matter beside a wish not to be texted; None if there is no such wish."""
    said = f" {gist(script, language, text)} "
    ways = script.words[language].reading.leave_me
    way = next((way for way in ways if f" {way} " in said), None)
    return said.replace(f" {way} ", " ", 1).split() if way else None


def _own(reading: Reading, text: str) -> list[str]:
    """The plain words of each part that is not what somebody else said."""
    parts = [plain(part) for part in PARTS.split(text)]
    said = tuple(f" {one}" for one in reading.telling)
    return [part for before, part in pairwise(["", *parts]) if not f" {before}".endswith(said)]


def _behind(reading: Reading, said: str) -> str:
    """The plain words of a part behind what only leads up to them: "ok thanks but"."""
    while way := next((one for one in _ahead(reading) if said.startswith(one)), None):
        said = said.removeprefix(way)
    return said


@cache
def _ahead(reading: Reading) -> list[str]:
    ways = {*reading.joining, *reading.courtesies, *reading.nods, *reading.noes}
    return sorted((f"{one} " for one in {*ways, *reading.taken_back}), key=len, reverse=True)


@cache
def _wish(reading: Reading, near: str) -> re.Pattern[str]:
    """How somebody asks us, in the plain words of a part of what they say; `near` as in [names]."""
    ways, silent = either(reading.leave_me), either(reading.no_reply)
    before, after = either(reading.pleading), either(reading.lasting)
    seen = rf"my (?:{near}) (?:{either(reading.unanswered_for)})"
    behind = rf"{either(reading.unanswered)}|{seen}"
    wish = rf"(?:{ways})(?:$| (?:{after})\b)|(?:{silent})(?:$| (?:{behind})\b)"
    return re.compile(rf"(?:^|\b(?:{before}) )(?:{wish})")
