"""What people might write or say in their own words, and the words that the model shall know.

Whole messages by hand (`texts/stories.txt`, `texts/further.txt`), and the sentences of
`triage/meaning/known.en.txt`, so that a cry is not heard as something milder. Those were typed: an
apostrophe that was left out is put back, and what is still no word that is known is left out.
"""

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

from . import grammar

ROOT = Path(__file__).parents[3]
CRIES = ROOT / "triage" / "meaning" / "known.en.txt"
DICTIONARY = ROOT / "script" / "words.en.txt"
PLAIN = re.compile(r"[^a-z' ]")
SHORT = re.compile(r".+n't|(?:i|you|he|she|it|we|they|that|there|what|who)'(?:ve|ll|re|m|d|s)")
OFTEN = 2  # times that a word was typed, or the dictionary alone does not make it known
GAP = ""  # stands for a word that is not known
FEWEST, MOST = 3, 16  # words of a passage


@cache
def messages() -> list[list[str]]:
    """The words of each message, in the order of the files."""
    known = {*words()}
    typed = [[word if word in known else GAP for word in each] for each in _typed()]
    return [*(line.split() for line in _by_hand()), *typed]


def passage(rng: random.Random) -> str:
    """Some words in a row of a message, all of them known: what the training voices read, too."""
    run = rng.choice(_runs())
    begin = rng.randint(0, max(0, len(run) - MOST))
    return " ".join(run[begin : begin + MOST])


@cache
def _runs() -> list[list[str]]:
    """The messages, parted where a word is not known."""
    parted = (" ".join(word or "|" for word in message).split("|") for message in messages())
    runs = (run.split() for parts in parted for run in parts)
    return [run for run in runs if len(run) >= FEWEST]


@cache
def words() -> list[str]:
    """Every word that the model shall know: drawn, owners, by hand, only known, or typed often."""
    often = Counter(word for each in _typed() for word in each)
    spelt = {*DICTIONARY.read_text().split()}
    typed = {word for word, count in often.items() if count >= OFTEN and len(word) > 1}
    return sorted({*_listed(), *(typed & spelt)})


@cache
def _typed() -> list[list[str]]:
    lines = [line for line in CRIES.read_text().splitlines() if not line.startswith("#")]
    texts = [line.partition("\t")[2].lower().replace("’", "'") for line in lines]
    whole = {word.replace("'", ""): word for word in _listed() if SHORT.fullmatch(word)}
    mended = {left: word for left, word in whole.items() if left not in _listed()}
    plain = [[word.strip("'") for word in PLAIN.sub(" ", text).split()] for text in texts]
    return [[mended.get(word, word) for word in each] for each in plain]


@cache
def _listed() -> frozenset[str]:
    owners = {name for text in grammar.templates()[0] for name in re.findall(r"\{(\w+)\}'s", text)}
    owned = {f"{text.split()[-1]}'s" for name in owners for text in grammar.classes()[name]}
    by_hand = " ".join([*_by_hand(), *grammar.lines("rare.txt")])
    return frozenset({*grammar.vocabulary(), *owned, *by_hand.split()})


def _by_hand() -> list[str]:
    return [*grammar.lines("stories.txt"), *grammar.lines("further.txt")]
