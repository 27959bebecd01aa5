"""What a machine heard, as phrases to read: words with their times, split at pauses. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

UNSURE = 0.6  # a word below this is marked: the machine was about as often wrong as right
LONGEST_PHRASE = 20  # words: who speaks without a pause is corrected in pieces that can be read
UNCLEAR = "[unclear]"


@dataclass(frozen=True)
class Word:
    """One word as read, and when it is said. None: nobody knows. `unsure`: the machine guessed."""

    text: str
    start: float | None = None
    end: float | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Phrase:
    """What was said between two pauses. `by` put it right; `gap` parts it from the next one."""

    words: tuple[Word, ...]
    by: str | None = None
    gap: str = " "

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def heard(
    words: Sequence[Mapping[str, Any]], shown: Sequence[Mapping[str, Any]]
) -> tuple[Phrase, ...]:
    """The machine's version in phrases, split where the caller paused.

    `shown` ties the reading form to `words`; versions older than it are shown as heard.
    """
    read = shown or [
        {"text": word["word"].replace("[unk]", UNCLEAR), "first": n, "last": n, "after": " "}
        for n, word in enumerate(words)
    ]
    phrases: list[Phrase] = []
    some: list[Word] = []
    for at, form in enumerate(read):
        after = form["after"] if at + 1 < len(read) else ""
        some.append(_word(words[form["first"] : form["last"] + 1], form["text"] + after.rstrip()))
        if after.strip(" ") or len(some) == LONGEST_PHRASE or at + 1 == len(read):
            phrases.append(Phrase(tuple(some), gap="\n" if "\n" in after else " "))
            some = []
    return tuple(phrases)


def text(phrases: Sequence[Phrase]) -> str:
    """The phrases as one text. A phrase that was emptied leaves nothing behind."""
    return "".join(p.text + p.gap for p in phrases if p.words).strip()


def _word(heard: Sequence[Mapping[str, Any]], text: str) -> Word:
    sure = min(word["confidence"] for word in heard)
    unknown = any(word["word"] == "[unk]" for word in heard)
    return Word(text, heard[0]["start"], heard[-1]["end"], sure < UNSURE and not unknown)
