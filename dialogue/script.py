"""Reads `script/` into frozen values. What is wrong in it is one line that names file and key."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, field_validator

from dialogue.frozen import Frozen
from dialogue.numbers import typed
from dialogue.opening import LONGEST_DAY, WEEKDAYS, Opening
from dialogue.rota import Rota
from dialogue.words import Question, Spoken, Text, Texted, Words
from hours import Hours

T = TypeVar("T", bound=BaseModel)

# With + and the code of its country, or a short code.
AS_TWILIO_WRITES = r"\+[1-9]\d{2,14}|[1-9]\d{2,7}"

# Help lines that a line may have or not: who to tell of an adult, or a child, at risk.
COUNCIL = ("council_adults", "council_children")


# In capitals as we compare it: of a "stop" that is listed so, the person would get two answers.
TwilioWord = Annotated[
    Literal["STOP", "START", "HELP"],
    BeforeValidator(lambda word: word.upper() if isinstance(word, str) else word),
]


class WrongScript(Exception):
    """The script cannot be used; the message names the file, the key and what is wrong."""


class NotFilled(Exception):
    """A phrase names in braces what nobody knows, or a help line that `line.toml` does not list."""


class Number(Frozen):
    """A number of this line. One without a menu serves relay calls and slow speakers."""

    number: str
    menu: bool = True
    silence: int | None = Field(default=None, ge=5, le=60)

    @field_validator("number")
    @classmethod
    def _as_twilio_writes_it(cls, number: str) -> str:
        # Written in another way no text and no call is ever to it: the whole line would be deaf.
        if not re.fullmatch(AS_TWILIO_WRITES, number):
            raise ValueError(f"write it as Twilio does, {typed(number) or 'such as +441214960000'}")
        return number


class Questions(Frozen):
    """The keys of each question's options, in the order in which they are numbered."""

    service: tuple[str, ...] = Field(min_length=2, max_length=4)
    rating: tuple[str, ...] = Field(min_length=6, max_length=6)
    about: tuple[str, ...] = Field(min_length=2, max_length=4)
    contact: tuple[str, ...] = Field(min_length=2, max_length=2)
    safe: tuple[str, ...] = Field(min_length=2, max_length=2)


class Limits(Frozen):
    replies_an_hour: int = Field(ge=1)
    short_addition: int
    message_seconds: int = Field(ge=30, le=3600)
    message_parts: int = Field(ge=1, le=9)
    silence_seconds: int = Field(ge=5, le=180)
    key_seconds: int = Field(ge=4)
    call_minutes: int
    wrong_keys: int = Field(ge=1)
    steps: int = Field(ge=20)
    erase_after_days: int


class Retention(Frozen):
    """How many days each kind of thing is kept. A line that names none keeps to these."""

    audio_checked: int = Field(default=30, ge=0)
    audio: int = Field(default=90, ge=1)
    closed: int = Field(default=365, ge=1)
    words: int = Field(default=730, ge=1)
    safeguarding: int = Field(default=1095, ge=1)
    complaint: int = Field(default=3650, ge=1)
    number: int = Field(default=90, ge=1)
    number_agreed: int = Field(default=365, ge=1)
    ledger: int = Field(default=90, ge=1)
    outgoing: int = Field(default=365, ge=1)
    alerts: int = Field(default=365, ge=1)
    set_aside: int = Field(default=30, ge=1)
    leavers: int = Field(default=365, ge=1)
    looks: int = Field(default=1095, ge=1)

    @property
    def periods(self) -> Mapping[str, timedelta]:
        """The same as spans of time, by kind."""
        return {kind: timedelta(days=days) for kind, days in self}


class Voice(Frozen):
    voice: str
    language: str


class HelpLine(Frozen):
    number: str
    checked: date


ANY = Number(number="+440")


class Line(Frozen):
    """`line.toml`."""

    id: str
    name: str
    run_by: str
    languages: tuple[str, ...] = Field(min_length=1, max_length=9)
    notice: str
    hours: str
    campaign_words: tuple[str, ...]
    twilio_answers: frozenset[TwilioWord]
    numbers: tuple[Number, ...] = ()
    questions: Questions
    limits: Limits
    retention: Retention = Retention()
    voices: Mapping[str, Voice]
    models: Mapping[str, str]
    help_lines: Mapping[str, HelpLine]
    week: Opening = Field(default=WEEKDAYS, alias="opening")
    rota: Rota = Rota()

    @property
    def opening(self) -> Hours:
        """When people are here."""
        return self.week.hours()

    def hours_at(self, at: datetime) -> str:
        """When people are here, as a text says it at this moment: it is true on holidays, too."""
        return self.week.said_at(at) or self.hours

    @property
    def longest_hours(self) -> str:
        """The longest that `hours_at` may be."""
        return max(self.hours, LONGEST_DAY, key=len)

    @property
    def sender(self) -> str | None:
        """The number that alerts come from by text; None where the script names none."""
        return self.rota.sender or (self.numbers[0].number if self.numbers else None)

    def sender_to(self, known: str | None) -> str | None:
        """The number to text somebody from: the one that they know us by, if it is still ours."""
        return known if known and self.number(known) else self.sender

    def number(self, called: str) -> Number | None:
        """The number of ours that was called or texted; with none listed, any number is ours."""
        listed = [n for n in self.numbers if n.number == called]
        return listed[0] if listed else (None if self.numbers else ANY)


class Script(Frozen):
    """Everything that the line says and asks, in every language it speaks."""

    line: Line
    words: Mapping[str, Words]
    folder: Path

    def question(self, language: str, key: str) -> Question:
        found: Question = getattr(self.words[language].questions, key)
        return found

    def asked(self, language: str, key: str) -> Texted:
        """Any question that is asked by text: one of the four, or whether texting is safe."""
        found: Texted = getattr(self.words[language].questions, key)
        return found

    def order(self, key: str) -> tuple[str, ...]:
        """The option keys of a question; the first is answered by 1."""
        found: tuple[str, ...] = getattr(self.line.questions, key)
        return found

    def text(self, language: str, key: str, at: datetime | None = None, /, **given: str) -> str:
        """A text, filled in. `said` is the choice just made, said back in words. `at`: when it goes
        out; without it hours are those of any week."""
        phrase: Text = getattr(self.words[language].texts, key)
        if at and "{hours}" in phrase.words:
            given["hours"] = self.line.hours_at(at)
        return fill(
            f"texts.{key}", phrase.words, self.known(language), {"note": "", "said": "", **given}
        )

    def replies(self, language: str, ref: str, hours: str) -> dict[str, tuple[str, str]]:
        """The texts that staff may start a reply from: (title, words) by key, filled in."""
        known = self.known(language)
        return {
            key: (
                reply.title,
                fill(f"replies.{key}", reply.words, known, {"ref": ref, "hours": hours}),
            )
            for key, reply in self.words[language].replies.items()
        }

    def notes(self, language: str) -> tuple[str, ...]:
        """The signals that a reply speaks to, first things first."""
        return tuple(name for name, _ in self.words[language].notes)

    def note(self, language: str, signal: str) -> str:
        """What a reply says once to a signal, with a space behind it."""
        words: str = getattr(self.words[language].notes, signal)
        return fill(f"notes.{signal}", words, self.known(language)) + " "

    def bears_note(self, language: str, key: str) -> bool:
        """Whether a text has a place for a note."""
        phrase: Text | None = getattr(self.words[language].texts, key, None)
        return phrase is not None and "{note}" in phrase.words

    def text_question(self, language: str, key: str, said: str = "") -> str:
        options = self.asked(language, key).options
        listed = " ".join(f"{n} {options[o].text}" for n, o in enumerate(self.order(key), 1))
        return fill(
            f"questions.{key}.text",
            self.asked(language, key).text,
            {"said": said, "options": listed},
        )

    def spoken(self, language: str, key: str, /, **given: str) -> str:
        """A spoken phrase, filled in."""
        phrase: Spoken = getattr(self.words[language].voice, key)
        return fill(f"voice.{key}", phrase.words, self.known(language), given)

    def spoken_question(self, language: str, key: str) -> str:
        options = self.question(language, key).options
        offers = (f"{options[o].offer}, press {n}." for n, o in enumerate(self.order(key), 1))
        return fill(
            f"questions.{key}.voice",
            self.question(language, key).voice,
            {"options": " ".join(offers)},
        )

    def known(self, language: str) -> dict[str, str]:
        """What any phrase may name: the line, its hours, its help lines.

        A line that covers several councils lists no number of one: then it is "your council".
        """
        lines = {k: v.number for k, v in self.line.help_lines.items()}
        return {
            **dict.fromkeys(COUNCIL, self.words[language].council),
            **lines,
            "name": self.line.name,
            "run_by": self.line.run_by,
            "hours": self.line.hours,
            "days": str(self.line.limits.erase_after_days),
        }


def fill(key: str, words: str, *given: Mapping[str, str]) -> str:
    """Put values in the braces of the phrase under a key. Raises NotFilled."""
    known = {k: v for values in given for k, v in values.items()}
    try:
        return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], words)
    except KeyError as why:
        raise NotFilled(f"{key}: it names {{{why.args[0]}}}, which nothing fills in") from None


def load(folder: Path) -> Script:
    """Read and shape-check the script. Raises WrongScript; `checks.check` measures its words."""
    line = _read(folder / "line.toml", Line)
    words = {code: _read(folder / f"{code}.toml", Words) for code in line.languages}
    return Script(line=line, words=words, folder=folder)


def _read(path: Path, kind: type[T]) -> T:
    try:
        shaped: T = _shaped(path.read_text(encoding="utf-8"), kind)
        return shaped
    except FileNotFoundError:
        raise WrongScript(f"{path.name}: there is no such file in {path.parent}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise WrongScript(f"{path.name}: {why}") from None
    except ValidationError as why:
        first: Any = why.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WrongScript(f"{path.name}: {key}: {first['msg'].lower()}") from None


@lru_cache(maxsize=16)
def _shaped(written: str, kind: type[T]) -> T:
    """Values of a kind: made once a process, as long as the file says the same."""
    return kind.model_validate(tomllib.loads(written))
