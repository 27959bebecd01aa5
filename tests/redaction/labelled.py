"""The labelled sentences, and what redaction makes of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.redaction.made import made
from triage import redaction

HERE = Path(__file__).parent
RULES = redaction.load(HERE.parents[1] / "script")
TIMES = 1  # each frame is filled
MARK = re.compile(r"\{\{(\w+):([^{}]*)\}\}")
NOBODYS = {"and", "the", "of", "a", "number", "no"}  # may stay of a secret
WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sentence:
    """What somebody said, and which parts of it are secrets."""

    part: str
    how: str
    marked: str

    @cached_property
    def text(self) -> str:
        return MARK.sub(r"\2", self.marked)

    @cached_property
    def secrets(self) -> Sequence[tuple[int, int, str]]:
        found, less = [], 0
        for mark in MARK.finditer(self.marked):
            less += mark.start(2) - mark.start()
            start = mark.start(2) - less
            found.append((start, start + len(mark[2]), mark[1]))
            less += mark.end() - mark.end(2)
        return found

    @cached_property
    def taken(self) -> Sequence[redaction.Secret]:
        return redaction.found(RULES, self.text)

    def _out(self, start: int, end: int) -> bool:
        return any(s.start < end and start < s.end for s in self.taken)

    def left(self) -> list[str]:
        """Secrets of which any word is still there. A title may stay: it is nobody's."""
        titles = RULES.near["titles"] | RULES.near["roles"]
        return [
            f"{kind}:{self.text[start:end]}"
            for start, end, kind in self.secrets
            if not all(
                self._out(start + w.start(), start + w.end())
                for w in WORDS.finditer(self.text[start:end])
                if w[0].lower() not in titles | NOBODYS
            )
        ]

    def harmless(self) -> tuple[list[str], int]:
        """Words taken that are no secret, of how many."""
        words = [
            w
            for w in WORDS.finditer(self.text)
            if not any(a < w.end() and w.start() < b for a, b, _ in self.secrets)
        ]
        return [w[0] for w in words if self._out(w.start(), w.end())], len(words)


def sentences(part: str) -> Iterator[Sentence]:
    how = ""
    for line in (HERE / f"{part}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            how = line.strip("[]")
            continue
        if line and not line.startswith("#"):
            yield Sentence(part, how, line)


def framed(part: str) -> Iterator[Sentence]:
    """`frames.toml` filled: names and numbers by the thousand."""
    for how, marked in made(part, TIMES):
        yield Sentence(f"{part} frames", how, marked)


KNOWN = (
    "tuned",
    "held",
    "unseen",
    "traps",
    "fresh",
    "mended",
    "aloud",
    "ninth",
    "heard",
    "overheard",
    "eleventh",
    "twelfth",
    "thirteenth",
    "wider",
)  # the rules were tuned on these, or learnt from them
BLIND = ("blind", "last", "tenth", "checked", "fourteenth")
SENTENCES = {part: tuple(sentences(part)) for part in (*KNOWN, *BLIND)}
SENTENCES |= {f"{part} frames": tuple(framed(part)) for part in ("learn", "blind")}
