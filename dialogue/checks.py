"""Checks the script's words at start: every option named, every text within its segments."""

from collections.abc import Iterator

from dialogue import (
    agreeing,
    notices,
    refusals,
    rota_checks,
    signals,
    struck,
    told_apart,
    unmeant,
    watched,
)
from dialogue.script import NotFilled, Script, WrongScript
from dialogue.segments import segments

VOICE_WORDS_A_MINUTE = 150  # comfortable for young and old alike (facts: care.md 7)
QUESTIONS = ("service", "rating", "about", "contact")
LONGEST_REF = "WWWW-WWW"

# The question that each text ends in; a choice said back comes from the question before it.
ASKED_IN = {
    "first": ("service",),
    "again": ("service", "rating", "about", "contact"),
    "closing": ("contact",),
    "neutral": ("safe",),
    "neutral_child": ("safe",),
}


def check(script: Script) -> Script:
    """The script itself, if all its words fit. Raises WrongScript naming file and key."""
    for problem in rota_checks.problems(script.line):
        raise WrongScript(f"line.toml: {problem}")
    for language in script.line.languages:
        for problem in problems(script, language):
            raise WrongScript(f"{language}.toml: {problem}")
        for problem in notices.changed(script, language):
            raise WrongScript(f"{language}.toml: {problem}")
    return script


def problems(script: Script, language: str) -> Iterator[str]:
    """What is wrong in one language's words, a line each."""
    if language not in script.line.voices:
        yield f"line.toml names no voice for {language!r}"
    for key in (*QUESTIONS, "safe"):
        options = script.asked(language, key).options
        if set(options) != set(script.order(key)):
            yield f"questions.{key}.options: these must be {', '.join(script.order(key))}"
            return
    yield from told_apart.problems(script, language)
    try:
        yield from _texts_too_long(script, language)
        yield from _replies(script, language)
        yield from _prompts_too_long(script, language)
        signals.found(script, "", "R1")  # so that every phrase of it is made once
        refusals.unsafe(script, language, "", asked=True)
        watched.minded(script, language, "", ())
        struck.only_struck(script, language, "", ())
        unmeant.automatic(script, language, "")
        agreeing.agrees(script, language, "")  # the one for `others`
    except NotFilled as why:
        yield f"{why}: if it is a help line, list it in line.toml"
    except KeyError as why:
        yield f"a phrase names {{{why.args[0]}}}, which nothing fills in"


def longest_said(script: Script, language: str, before: str) -> str:
    """The longest choice that may be said back before a question, with its full stop."""
    options = script.question(language, before).options.values()
    return max((f"{option.text}. " for option in options), key=len)


def _texts_too_long(script: Script, language: str) -> Iterator[str]:
    said = {
        "rating": longest_said(script, language, "service"),
        # After a death the rating is left out, and the service is said back before "about".
        "about": max((longest_said(script, language, q) for q in ("service", "rating")), key=len),
        "contact": longest_said(script, language, "about"),
    }
    yield from _several_too_long(script, language)
    for key, phrase in script.words[language].texts:
        for asked in ASKED_IN.get(key, ("contact",)):
            back = said.get(asked, "") if key != "again" else ""
            question = script.text_question(language, asked)
            hours = script.line.longest_hours
            given = {"ref": LONGEST_REF, "said": back, "question": question, "hours": hours}
            full = script.text(language, key, **given)
            if "{" in full or "}" in full:
                yield f"texts.{key}: a brace is left open"
            yield from _too_long(key, full, phrase.segments)
            for name in script.notes(language) if script.bears_note(language, key) else ():
                noted = script.text(language, key, **given, note=script.note(language, name))
                yield from _too_long(f"{key} with notes.{name}", noted, phrase.segments + 1)
    for asked in ("rating", "about"):
        if segments(script.text_question(language, asked, said[asked])) > 1:
            yield f"questions.{asked}.text: it fills more than one segment"


def _several_too_long(script: Script, language: str) -> Iterator[str]:
    """Choices of all three questions said back at once: they may fill one segment more."""
    said = "".join(longest_said(script, language, q) for q in ("service", "rating", "about"))
    given = {"ref": LONGEST_REF, "said": said}
    given["question"] = script.text_question(language, "contact")
    for key in ("closing", "contact_yes", "contact_no"):
        most = getattr(script.words[language].texts, key).segments + 1
        yield from _too_long(f"{key} with three choices", script.text(language, key, **given), most)


def _replies(script: Script, language: str) -> Iterator[str]:
    phrases, hours = script.words[language].replies, script.line.longest_hours
    for key, (_, full) in script.replies(language, LONGEST_REF, hours).items():
        most = phrases[key].segments
        if script.line.name not in full:
            yield f"replies.{key}: it does not name the line: {{name}}"
        if "{" in full or "}" in full:
            yield f"replies.{key}: a brace is left open"
        if segments(full) > most:
            yield f"replies.{key}: it fills {segments(full)} segments, not {most}"


def _too_long(key: str, full: str, most: int) -> Iterator[str]:
    if segments(full) > most:
        yield f"texts.{key}: {len(full)} characters fill {segments(full)} segments, not {most}"


def _prompts_too_long(script: Script, language: str) -> Iterator[str]:
    spelled = ", ".join("WWWWWWW")
    for key, phrase in script.words[language].voice:
        full = script.spoken(language, key, key="9", spelled=spelled)
        if "{" in full or "}" in full:
            yield f"voice.{key}: a brace is left open"
        if seconds(full) > phrase.seconds:
            yield f"voice.{key}: {seconds(full):.0f} s, not {phrase.seconds}"
    for key in QUESTIONS:
        asked = script.question(language, key)
        if seconds(script.spoken_question(language, key)) > asked.seconds:
            yield f"questions.{key}.voice: longer than {asked.seconds} s"


def seconds(words: str) -> float:
    """How long a phrase takes to say, at 150 words a minute."""
    return len(words.split()) * 60 / VOICE_WORDS_A_MINUTE
