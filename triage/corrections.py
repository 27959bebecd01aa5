"""Words as people put them right, and what they changed. Pure.

The machine's version is only read here. Corrections are laid over it in their order, and each word
that stayed keeps its time, so that voice and words still go together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain, islice

from triage.phrases import Phrase, Word

LONGEST = 20_000  # characters of one take: a quarter of an hour of fast speech
GAP = "…"  # in the place of each sign that is left out


class Wrong(Exception):
    """Words that cannot be kept; the message says why, and what to do."""


@dataclass(frozen=True)
class Edit:
    """A save: the number of the phrase that it puts right, or None for the whole take."""

    phrase: int | None
    after: str
    by: str


@dataclass(frozen=True)
class Change:
    """Words that stayed (`same`), went (`out`) or came (`in`)."""

    kind: str
    text: str


def laid_over(phrases: Sequence[Phrase], edits: Sequence[Edit]) -> tuple[Phrase, ...]:
    """The phrases with every save laid over them, in order."""
    now = tuple(phrases)
    for edit in edits:
        if edit.phrase is None:
            now = _anew(tuple(chain.from_iterable(p.words for p in phrases)), edit)
        elif edit.phrase < len(now):
            old = now[edit.phrase]
            words = tuple(_timed(old.words, edit.after.split()))
            one = replace(old, words=words, by=edit.by)
            now = (*now[: edit.phrase], one, *now[edit.phrase + 1 :])
    return now


def check(after: str) -> str:
    """Somebody's words, tidied. Raises Wrong when they are too long to keep."""
    lines = (" ".join(line.split()) for line in after.replace("\x00", "").splitlines())
    tidy = "\n".join(line for line in lines if line)
    if len(tidy) > LONGEST:
        raise Wrong(f"Keep the words of one recording to {LONGEST:,} characters.")
    return tidy


def changes(before: str, after: str) -> list[Change]:
    """What went and what came, word by word."""
    old, new = before.split(), after.split()
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", " ".join(old[a:b])))
            continue
        found += [Change("out", " ".join(old[a:b]))] * (b > a)
        found += [Change("in", " ".join(new[c:d]))] * (d > c)
    return found


def without(after: str, before: str, phrases: Sequence[str]) -> str:
    """A corrected text without these phrases of the text before, as often as they stood there."""
    old, left = " ".join(before.split()), " ".join(after.split())
    gone: set[int] = set()
    for phrase in phrases:  # they may share words: all are looked for before any goes
        stands = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
        places = islice(stands.finditer(left), len(stands.findall(old)))
        gone.update(chain.from_iterable(range(*place.span()) for place in places))
    return "".join(GAP if at in gone else sign for at, sign in enumerate(left))


def _anew(words: Sequence[Word], edit: Edit) -> tuple[Phrase, ...]:
    """A take written anew: its lines are its phrases."""
    lines = [line.split() for line in edit.after.splitlines()]
    timed = iter(list(_timed(words, [word for line in lines for word in line])))
    return tuple(Phrase(tuple(next(timed) for _ in line), edit.by, "\n") for line in lines)


def _timed(old: Sequence[Word], new: Sequence[str]) -> Iterator[Word]:
    """New words with the times of the old ones that they are, or stand in the place of."""
    known, given = [_plain(word.text) for word in old], [_plain(word) for word in new]
    for tag, a, b, c, d in SequenceMatcher(None, known, given, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (
                Word(text, word.start, word.end)
                for text, word in zip(new[c:d], old[a:b], strict=True)
            )
        else:
            yield from _spread(new[c:d], *_between(old, a, b))


def _between(old: Sequence[Word], a: int, b: int) -> tuple[float | None, float | None]:
    """From when to when the words `a` to `b` are said; the gap where there are none."""
    if not old:
        return None, None
    if a < b:
        return old[a].start, old[b - 1].end
    return (old[a - 1].end if a else old[a].start), (old[a].start if a < len(old) else old[-1].end)


def _spread(new: Sequence[str], start: float | None, end: float | None) -> Iterator[Word]:
    for n, text in enumerate(new):
        if start is None or end is None:
            yield Word(text)
            continue
        step = (end - start) / len(new)
        yield Word(text, round(start + n * step, 3), round(start + (n + 1) * step, 3))


def _plain(word: str) -> str:
    return re.sub(r"[^\w£&']", "", word).casefold() or word
