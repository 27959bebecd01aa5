"""The shape of one language's file: every text, prompt, question, keyword and signal."""

from collections.abc import Mapping

from pydantic import Field

from dialogue.frozen import Frozen
from dialogue.reading import Reading


class Text(Frozen):
    words: str
    segments: int = Field(ge=1, le=4)


class Reply(Text):
    """A text that staff may start a reply from. `title`: what the desk calls it."""

    title: str


class Spoken(Frozen):
    words: str
    seconds: int = Field(ge=1, le=40)


class Choice(Frozen):
    text: str
    words: tuple[str, ...]


class Option(Choice):
    offer: str
    said: str


class Texted(Frozen):
    """A question that is asked by text."""

    text: str
    options: Mapping[str, Choice]


class Question(Texted):
    """A question that is asked by text and by phone."""

    voice: str
    seconds: int
    options: Mapping[str, Option]


class Asked(Frozen):
    service: Question
    rating: Question
    about: Question
    contact: Question
    safe: Texted


class Signal(Frozen):
    """Phrases that signal something, what takes them back, and those that count beside R1 or R2."""

    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()


class Signals(Frozen):
    child: Signal
    staff: Signal
    death: Signal


class Notes(Frozen):
    """What a reply says once to a signal, in the order in which they go first."""

    child: str
    staff: str
    death: str


class Keywords(Frozen):
    stop: tuple[str, ...]
    start: tuple[str, ...]
    help: tuple[str, ...]
    advice: tuple[str, ...]
    privacy: tuple[str, ...]
    new: tuple[str, ...]
    delete: tuple[str, ...]
    keep: tuple[str, ...]


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
    crisis_child: Text
    neutral: Text
    neutral_child: Text
    safe_yes: Text
    safe_no: Text
    kept: Text
    held: Text
    stop: Text
    start: Text
    advice: Text
    advice_kept: Text
    privacy: Text
    help: Text
    delete: Text
    keep: Text
    erased: Text
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
    staff: Spoken
    not_ours: Spoken
    received: Spoken


class Words(Frozen):
    """One language's file: a phrase that is missing from it stops the start."""

    name: str
    council: str
    texts: Texts
    voice: Prompts
    questions: Asked
    keywords: Keywords
    reading: Reading
    signals: Signals
    names: Mapping[str, str]
    notes: Notes
    replies: Mapping[str, Reply] = {}
