"""The name of a place in what somebody said: "at russells hall hospital". Pure."""

from collections.abc import Sequence

from triage.taxonomy import Place
from triage.urgency_spelling import Sentence

LONGEST_NAME = 4  # words before "hospital" that may be its name


def place(rules: Place, sentences: Sequence[Sentence]) -> str | None:
    """The first name of a place, in the person's own words; None when they name none."""
    ends = [end.split() for end in rules.ends]
    for sentence in sentences:
        for at in range(len(sentence.words)):
            for end in ends:
                if list(sentence.words[at : at + len(end)]) == end:
                    start = _name(rules, sentence.words, at)
                    if start is not None:
                        return sentence.said(start, at + len(end)).strip(" .,;:!?")
    return None


def titled(said: str) -> str:
    """A name as it is written on a door: speech has no capitals."""
    return " ".join(word[:1].upper() + word[1:] for word in said.split())


def _name(rules: Place, words: Sequence[str], at: int) -> int | None:
    """Where the name before `at` begins; None when there is none, or it is no name."""
    start = at
    while start and at - start <= LONGEST_NAME and words[start - 1] not in rules.not_names:
        start -= 1
    named = start < at and at - start <= LONGEST_NAME
    return start if named and start and words[start - 1] in rules.before else None
