"""Violence that is told and is in a tier of life only for what it sounds like. Pure.

"He is hitting me every night" may lie nearest to a cry of somebody who is strangled. The rota is
called as for that; but the crisis reply would tell whoever hits them whom they wrote to.
"""

from collections.abc import Sequence

from dialogue.plain import plain
from dialogue.script import Script
from dialogue.signals import stands
from dialogue.words import Words
from tiers import BY_MEANING


def only_struck(script: Script, language: str, text: str, reasons: Sequence[str]) -> bool:
    """Whether a text says that somebody hits them, and what it sounds like is of others, too. What
    sounds like "I want to sleep for ever" is a cry, whoever hits them."""
    words = script.words[language]
    told = stands(words, words.reading.struck, f"{plain(text)} ")
    return told and bool(reasons) and all(_of_others(words, reason) for reason in reasons)


def _of_others(words: Words, reason: str) -> bool:
    """Whether a reason is a known cry that begins with somebody else: "he's strangling me"."""
    first = plain(reason.removeprefix(BY_MEANING)).split()[:1]
    heard = reason.startswith(BY_MEANING)
    return heard and stands(words, words.reading.others, f"{' '.join(first)} ")
