"""Reads `script/` into frozen values. What is wrong in it is one line that names file and key."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

T = TypeVar("T", bound=BaseModel)


class WrongScript(Exception):
    """The script cannot be used; the message names the file, the key and what is wrong."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Number(Frozen):
    """A number of this line. One without a menu serves relay calls and slow speakers."""

    number: str = Field(pattern=r"^\+?\d{3,15}$")
    menu: bool = True
    silence: int | None = Field(default=None, ge=5, le=60)


class Questions(Frozen):
    """The keys of each question's options, in the order in which they are numbered."""

    service: tuple[str, ...] = Field(min_length=2, max_length=4)
    rating: tuple[str, ...] = Field(min_length=6, max_length=6)
    about: tuple[str, ...] = Field(min_length=2, max_length=4)
    contact: tuple[str, ...] = Field(min_length=2, max_length=2)


class Limits(Frozen):
    replies_an_hour: int = Field(ge=1)
    short_addition: int
    message_seconds: int = Field(ge=30, le=3600)
    message_parts: int = Field(ge=1, le=9)
    silence_seconds: int = Field(ge=5)
    key_seconds: int = Field(ge=4)
    call_minutes: int
    wrong_keys: int = Field(ge=1)
    steps: int = Field(ge=20)
    erase_after_days: int


class Voice(Frozen):
    voice: str
    language: str


class HelpLine(Frozen):
    number: str
    checked: date


class Line(Frozen):
    """`line.toml`."""

    id: str
    name: str
    run_by: str
    languages: tuple[str, ...] = Field(min_length=1, max_length=9)
    notice: str
    hours: str
    campaign_words: tuple[str, ...]
    twilio_answers: frozenset[str]
    numbers: tuple[Number, ...] = ()
    questions: Questions
    limits: Limits
    voices: Mapping[str, Voice]
    models: Mapping[str, str]
    help_lines: Mapping[str, HelpLine]

    def number(self, called: str) -> Number | None:
        """The number of ours that was called or texted; with none listed, any number is ours."""
        listed = [n for n in self.numbers if n.number == called]
        return listed[0] if listed else (None if self.numbers else Number(number="+440"))


class Text(Frozen):
    words: str
    segments: int = Field(ge=1, le=4)


class Spoken(Frozen):
    words: str
    seconds: int = Field(ge=1, le=40)


class Option(Frozen):
    text: str
    offer: str
    said: str
    words: tuple[str, ...]


class Question(Frozen):
    text: str
    voice: str
    seconds: int
    options: Mapping[str, Option]


class Asked(Frozen):
    service: Question
    rating: Question
    about: Question
    contact: Question


class Keywords(Frozen):
    stop: tuple[str, ...]
    start: tuple[str, ...]
    help: tuple[str, ...]
    advice: tuple[str, ...]
    privacy: tuple[str, ...]
    new: tuple[str, ...]
    delete: tuple[str, ...]
    keep: tuple[str, ...]


class Reading(Frozen):
    greetings: tuple[str, ...]
    numbers: tuple[str, ...]
    deaths: tuple[str, ...]
    polite: frozenset[str]
    counted: frozenset[str]
    not_places: frozenset[str]


class Texts(Frozen):
    first: Text
    invitation: Text
    again: Text
    closing: Text
    contact_yes: Text
    contact_no: Text
    added: Text
    another: Text
    crisis: Text
    held: Text
    stop: Text
    start: Text
    advice: Text
    privacy: Text
    help: Text
    delete: Text
    keep: Text
    picture: Text
    received: Text


class Prompts(Frozen):
    opening: Spoken
    choice: Spoken
    language: Spoken
    wrong_key: Spoken
    tone: Spoken
    tone_again: Spoken
    tone_more: Spoken
    tone_new: Spoken
    carry_on: Spoken
    keep: Spoken
    keep_full: Spoken
    advice: Spoken
    tone_advice: Spoken
    privacy: Spoken
    end: Spoken
    goodbye: Spoken
    not_ours: Spoken
    received: Spoken


class Words(Frozen):
    """One language's file: a phrase that is missing from it stops the start."""

    name: str
    texts: Texts
    voice: Prompts
    questions: Asked
    keywords: Keywords
    reading: Reading


class Script(Frozen):
    """Everything that the line says and asks, in every language it speaks."""

    line: Line
    words: Mapping[str, Words]
    folder: Path

    def question(self, language: str, key: str) -> Question:
        found: Question = getattr(self.words[language].questions, key)
        return found

    def order(self, key: str) -> tuple[str, ...]:
        """The option keys of a question; the first is answered by 1."""
        found: tuple[str, ...] = getattr(self.line.questions, key)
        return found

    def text(self, language: str, key: str, /, **given: str) -> str:
        """A text, filled in. `said` is the choice just made, said back in words."""
        phrase: Text = getattr(self.words[language].texts, key)
        return fill(phrase.words, self.known(), given)

    def text_question(self, language: str, key: str, said: str = "") -> str:
        options = self.question(language, key).options
        listed = " ".join(f"{n} {options[o].text}" for n, o in enumerate(self.order(key), 1))
        return fill(self.question(language, key).text, {"said": said, "options": listed})

    def spoken(self, language: str, key: str, /, **given: str) -> str:
        """A spoken phrase, filled in."""
        phrase: Spoken = getattr(self.words[language].voice, key)
        return fill(phrase.words, self.known(), given)

    def spoken_question(self, language: str, key: str) -> str:
        options = self.question(language, key).options
        offers = (f"{options[o].offer}, press {n}." for n, o in enumerate(self.order(key), 1))
        return fill(self.question(language, key).voice, {"options": " ".join(offers)})

    def known(self) -> dict[str, str]:
        """What any phrase may name: the line, its hours, its help lines."""
        lines = {k: v.number for k, v in self.line.help_lines.items()}
        return {
            **lines,
            "name": self.line.name,
            "run_by": self.line.run_by,
            "hours": self.line.hours,
            "days": str(self.line.limits.erase_after_days),
        }


def fill(words: str, *given: Mapping[str, str]) -> str:
    """Put values in the braces. Raises KeyError for one that nobody knows."""
    known = {k: v for values in given for k, v in values.items()}
    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], words)


def load(folder: Path) -> Script:
    """Read and shape-check the script. Raises WrongScript; `checks.check` measures its words."""
    line = _read(folder / "line.toml", Line)
    words = {code: _read(folder / f"{code}.toml", Words) for code in line.languages}
    return Script(line=line, words=words, folder=folder)


def _read(path: Path, kind: type[T]) -> T:
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise WrongScript(f"{path.name}: there is no such file in {path.parent}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise WrongScript(f"{path.name}: {why}") from None
    except ValidationError as why:
        first: Any = why.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WrongScript(f"{path.name}: {key}: {first['msg'].lower()}") from None
