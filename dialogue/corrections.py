"""An answer taken back: "sorry I meant hospital", while the next question is open. Pure."""

import re
from collections.abc import Mapping, Sequence

from dialogue.answers import NO_ANSWER, ORDER, answers, says_more
from dialogue.digits import digit, dotted
from dialogue.plain import matter, plain
from dialogue.reading import Reading
from dialogue.script import Script
from dialogue.thread import NO


def meant(
    script: Script, language: str, asked: Sequence[str], text: str
) -> Mapping[str, str] | None:
    """What a correction says, as `answers` gives it; empty where it may be meant for several of the
    questions, and None where it is no correction or fits none of them.

    `asked`: the questions so far, the open one last.
    """
    words = matter(script, language, text)
    rest = _without(script.words[language].reading, asked[-1], text, words)
    if not rest:
        return None
    said = _as_typed(text, rest)
    fits = [gave for one in asked if (gave := _only(script, language, one, said))]
    return (fits[0] if len(fits) == 1 else NO_ANSWER) if fits else None


def to_no(script: Script, language: str, asked: str, text: str) -> bool:
    """Whether a text takes the last answer to a question back for a no: "sorry I meant 2"."""
    words = matter(script, language, text)
    rest = _rest(script.words[language].reading, words)
    return rest != words and answers(script, language, asked, " ".join(rest)).get(asked) == NO


def _as_typed(text: str, rest: list[str]) -> str:
    """What the plain words at the end of a text are in it, where a digit shows where they begin: a
    place is kept as it was written."""
    said, begins = " ".join(rest), re.search(r"(?<!\w)\d[\s\S]*", text)
    return begins[0] if begins and plain(begins[0]) == said else said


def _only(script: Script, language: str, asked: str, said: str) -> Mapping[str, str]:
    gave = answers(script, language, asked, said)
    wholly = set(gave) <= {asked, "place"} and not says_more(script, language, gave, said)
    return gave if wholly else NO_ANSWER


def _without(reading: Reading, asked: str, text: str, words: list[str]) -> list[str]:
    """The words behind (or before) those that take something back; none where there are none."""
    rest = _rest(reading, words)
    if len(rest) < len(words):
        return rest
    # "No 2", but "No. 2" is number two; and to "May we text you back?" a no is an answer.
    noes = len(rest) > 1 and rest[0] in reading.number_signs and digit(rest[1]) is not None
    return rest[1:] if noes and asked not in (ORDER[0], "contact") and not dotted(text) else []


def _rest(reading: Reading, words: list[str]) -> list[str]:
    left = f" {' '.join(words)} "
    while way := next((one for one in reading.taken_back if left.startswith(f" {one} ")), None):
        left = left.removeprefix(f" {way}")
    while way := next((one for one in reading.taken_back if left.endswith(f" {one} ")), None):
        left = left.removesuffix(f"{way} ")
    return left.split()
