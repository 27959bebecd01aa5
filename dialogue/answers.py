"""What a text means: an answer to the open question, a keyword, a greeting, or something said."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from dialogue import places
from dialogue.digits import apart, digit, dotted, spaced, typed, unclear
from dialogue.script import Script
from dialogue.words import Choice, Reading

ORDER = ("service", "rating", "about", "contact")
NO_ANSWER: Mapping[str, str] = MappingProxyType({})

# Above this, "hospitl" is "hospital" and "poor" is not "door" (tried on tests/dialogue/answers).
CLOSE = 85
SHORTEST_NEAR_MISS = 5

# No near-misses here: "its unsafe" is one letter or two from "its safe", "can" one from "cant".
EXACT = ("safe", "contact")

# Twilio knows these words, and only alone: it does nothing for "stop please".
TWILIOS = ("stop", "start", "help")


@dataclass(frozen=True)
class Keyword:
    """A word that asks the line for something, with the reference given beside it, if any."""

    word: str
    reference: str | None = None


def plain(text: str) -> str:
    """A text as it is compared: one case, no marks, no punctuation, single spaces."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"['’]", "", typed(text))).split())


def either(ways: Iterable[str]) -> str:
    """One of these, in a pattern; of none, what never is."""
    return "|".join(map(re.escape, sorted(ways))) or "(?!)"


def matter(script: Script, language: str, text: str) -> list[str]:
    """The plain words of a text without those that are only polite."""
    return _matter(script.words[language].reading, text)


def _matter(reading: Reading, text: str) -> list[str]:
    empty = reading.polite | reading.beside
    return [_bare(empty, token) for token in plain(text).split() if token not in empty]


def _bare(empty: frozenset[str], token: str) -> str:
    """ "2x", "2pls" -> "2"."""
    return token[0] if digit(token[0]) is not None and token[1:] in empty else token


def keyword(script: Script, language: str, text: str) -> Keyword | None:
    """A keyword if the whole text is one, or asks for it politely: "delete please". Inside a
    sentence keywords are just words."""
    polite = script.words[language].reading.polite
    said = plain(text)
    bare = " ".join(token for token in said.split() if token not in polite)
    return _keyword(script, language, said) or _asked_for(script, language, bare)


def _asked_for(script: Script, language: str, bare: str) -> Keyword | None:
    found = _keyword(script, language, bare)
    return found if found and found.word not in TWILIOS else None


def _keyword(script: Script, language: str, said: str) -> Keyword | None:
    for word, forms in script.words[language].keywords:
        if said in forms:
            return Keyword(word)
        if word in ("delete", "keep") and said.startswith(tuple(f"{form} " for form in forms)):
            given = reference(said.split(" ", 1)[1])
            if given:
                return Keyword(word, given)
    return None


def reference(text: str) -> str | None:
    """A reference as people write it ("k7rw 3x2", "K7RW-3X2") -> its seven signs, or None.

    A misread sign is still a reference, only nobody's: "DELETE K7RO-3X2" opens no item.
    """
    signs = re.sub(r"[\s-]", "", text).upper()
    in_two = re.fullmatch(r"(?=.*\d)[0-9A-Z]{4}[ -]?[0-9A-Z]{3}", text.strip().upper())
    return signs if in_two or re.fullmatch(r"[2-9KLRWXY]{7}", signs) else None


def greeting(script: Script, language: str, text: str) -> bool:
    """A bare greeting or campaign word, or nothing at all: an invitation is the answer."""
    known = (*script.words[language].reading.greetings, *script.line.campaign_words)
    return plain(text) in plain_ones(known) or not text.strip()


@cache  # of the script's own words: each text was compared with a dozen of them anew
def plain_ones(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, known))


def answers(script: Script, language: str, asked: str, text: str) -> Mapping[str, str]:
    """The answers in a text to the open question, and to the ones after it ("2 5").

    Question -> option key, and `place` -> what stood after the digit. Empty: it is feedback.
    """
    tokens = _told(script, language, asked, text)
    if not tokens or unclear(text):
        return {}
    if all(digit(token) is not None for token in tokens):
        return _in_a_row(script, asked, tokens) if spaced(text) else {}
    if digit(tokens[0]) is not None:
        return _with_number(script, language, asked, text, tokens)
    option = _by_name(script, language, asked, tokens)
    return {asked: option} if option else {}


def wholly(script: Script, language: str, asked: str, text: str) -> bool:
    """Whether a text is an answer and nothing else."""
    gave = answers(script, language, asked, text) if asked in ORDER else {}
    return bool(gave) and not says_more(script, language, gave, text)


def says_more(script: Script, language: str, gave: Mapping[str, str], text: str) -> bool:
    """Whether a text that answers "Which service?" also tells what happened there."""
    tokens = _told(script, language, "service", text)
    if set(gave) != {"service"} or digit(tokens[0]) is None:
        return False
    return len(tokens) > 1 and not _by_name(script, language, "service", tokens[1:])


def _told(script: Script, language: str, asked: str, text: str) -> list[str]:
    """The words that matter for an answer. A yes or a no is one itself where we ask for it."""
    tokens, reading = matter(script, language, text), script.words[language].reading
    if asked not in ORDER[:-1] or all(digit(token) is None for token in tokens):
        return tokens
    left = [token for token in tokens if token not in reading.nods]
    signed = len(left) == 2 and left[0] in reading.number_signs
    return left[1:] if signed and (asked == ORDER[0] or dotted(text)) else left


def _in_a_row(script: Script, asked: str, tokens: list[str]) -> Mapping[str, str]:
    questions = ORDER[ORDER.index(asked) :] if asked in ORDER else (asked,)
    found = {q: _numbered(script, q, digit(t)) for q, t in zip(questions, tokens, strict=False)}
    if len(tokens) > len(questions) or None in found.values():
        return {}
    return {question: option for question, option in found.items() if option}


def _numbered(script: Script, asked: str, number: int | None) -> str | None:
    keys = script.order(asked)
    return keys[number - 1] if number and number <= len(keys) else None


def _by_name(script: Script, language: str, asked: str, tokens: list[str]) -> str | None:
    reading = script.words[language].reading
    if len(tokens) == 1 and tokens[0] in reading.numbers:
        return _numbered(script, asked, reading.numbers.index(tokens[0]) + 1)
    said = " ".join(tokens)
    options = script.asked(language, asked).options
    forms = _forms(reading, tuple((key, options[key]) for key in script.order(asked)))
    sure = asked in EXACT or any(digit(token) is not None for token in tokens)
    if said in forms or len(said) < SHORTEST_NEAR_MISS or sure:
        return forms.get(said)
    near = process.extractOne(said, list(forms), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return forms[near[0]] if near and _same_start(said, near[0]) else None


@cache  # as `plain_ones`
def _forms(reading: Reading, options: tuple[tuple[str, Choice], ...]) -> Mapping[str, str]:
    """How each option may be named, in the words that matter -> the option."""
    return {
        " ".join(_matter(reading, form)): key
        for key, option in options
        for form in (*option.words, option.text)
    }


def _same_start(said: str, form: str) -> bool:
    # People slip inside a word, seldom at its first letter: "mother" is not "other".
    return len(said.split()) != len(form.split()) or said[0] == form[0]


def _with_number(
    script: Script, language: str, asked: str, text: str, tokens: list[str]
) -> Mapping[str, str]:
    """A number and the option's own words, or a place, or more to tell. Number and words at odds
    answer nothing."""
    named = _by_name(script, language, asked, tokens[1:])
    if named:
        return {asked: named} if named == _numbered(script, asked, digit(tokens[0])) else {}
    return _with_place(script, language, text) if asked == "service" else {}


def _with_place(script: Script, language: str, text: str) -> Mapping[str, str]:
    # Only a real digit: "one of the nurses was rude" is a sentence, "1 Lapal Halesowen" an answer.
    first, *rest = plain(text).split()
    reading = script.words[language].reading
    number = digit(_bare(reading.polite | reading.beside, first))  # "2x Manor"
    option = _numbered(script, "service", number)
    if option is None or not rest:
        return {}
    if places.named(reading, rest):
        return {"service": option, "place": places.written(text, len(first))}
    return {"service": option} if places.told(reading, rest, apart(text)) else {}
