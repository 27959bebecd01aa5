"""What a text means: an answer to the open question, a greeting, or something said. Pure."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from dialogue import places
from dialogue.digits import apart, digit, dotted, spaced, unclear
from dialogue.plain import bare, matter, plain, plain_ones, that_matter
from dialogue.reading import Reading
from dialogue.script import Script
from dialogue.words import Choice

ORDER = ("service", "rating", "about", "contact")
NO_ANSWER: Mapping[str, str] = MappingProxyType({})

# Above this, "hospitl" is "hospital" and "poor" is not "door" (tried in test_answers.py).
CLOSE = 85
SHORTEST_NEAR_MISS = 5

# No near-misses here: "its unsafe" is one letter or two from "its safe", "can" one from "cant".
EXACT = ("safe", "contact")


def greeting(script: Script, language: str, text: str) -> bool:
    """A bare greeting or campaign word, or nothing at all: an invitation is the answer."""
    known = (*script.words[language].reading.greetings, *script.line.campaign_words)
    return plain(text) in plain_ones(known) or not text.strip()


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
        " ".join(that_matter(reading, form)): key
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
    number = digit(bare(reading.polite | reading.beside, first))  # "2x Manor"
    option = _numbered(script, "service", number)
    if option is None or not rest:
        return {}
    if places.named(reading, rest):
        return {"service": option, "place": places.written(text, len(first))}
    return {"service": option} if places.told(reading, rest, apart(text)) else {}
