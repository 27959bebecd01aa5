"""Which words cannot wait. Pure: a list of phrases and a text in, a tier and its reasons out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from triage.urgency_lists import Tier
from triage.urgency_spelling import Sentence

DISTRESS = "unclear audio with distress"
DOUBTED = "R3"  # what a phrase comes to that the text does not mean: lowered, never dropped
REASONS = 12  # phrases at most that staff are shown
SHORT = 12  # letters: most texts are answers, and say the same few dozen things ("2", "yes")


@dataclass(frozen=True)
class Found:
    """The tier of a text, or none, and the phrases that decided, in the person's own words."""

    tier: str | None
    phrases: tuple[str, ...]


def tier(
    tiers: Sequence[Tier], text: str, unclear: bool = False, doubted: tuple[str, ...] = ()
) -> Found:
    """The most urgent tier that a text reaches. Each sentence is weighed on its own.

    `unclear`: the words are a machine's guess at a recording that it could hardly make out; then
    a single word of distress is R1, for nobody can know what else was said (care.md 5).
    `doubted`: tiers that the text as a whole does not mean; their doubtful phrases are R3.
    """
    return (_short if len(text) <= SHORT else _found)(tuple(tiers), text, unclear, doubted)


def _found(tiers: Sequence[Tier], text: str, unclear: bool, doubted: tuple[str, ...]) -> Found:
    found: dict[str, dict[str, None]] = {}
    kinds = [kind for kind in tiers if _counts(kind, text, unclear)]
    for spelt in dict.fromkeys(kind.spelling for kind in kinds):
        same = [kind for kind in kinds if kind.spelling is spelt]
        for sentence in spelt.sentences(text):
            for name, phrase in (hit for kind in same for hit in _weighed(kind, sentence, doubted)):
                found.setdefault(name, {})[phrase] = None
    first = min(found, default=None)  # the names sort as the tiers do
    return Found(first, _reasons(found[first]) if first else ())


_short = lru_cache(maxsize=1024)(_found)


def _counts(kind: Tier, text: str, unclear: bool) -> bool:
    return (unclear or not kind.unclear) and (kind.most is None or len(text.split()) <= kind.most)


def _reasons(phrases: Mapping[str, None]) -> tuple[str, ...]:
    """The first phrases that decided, but none that is part of another."""
    some = list(phrases)[:REASONS]
    return tuple(one for one in some if not any(one in other for other in some if other != one))


def _weighed(kind: Tier, sentence: Sentence, doubted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each phrase that stands in a sentence, with the tier that it comes to, if to any."""
    sure = set(kind.phrases.found(sentence.words))
    matches = sorted(sure.union(kind.doubtful.found(sentence.words)))
    if not matches:
        return
    unless, lowers = kind.unless.at(sentence.words), kind.lowers.at(sentence.words)
    for start, end, last in matches:
        doubt = kind.name in doubted and (start, end, last) not in sure
        name = kind.to if lowers.hold(start, end) else DOUBTED if doubt else kind.name
        if name and not unless.hold(start, end):
            said = sentence.said(start, end)
            yield name, f"{DISTRESS}: {said}" if kind.unclear else said
