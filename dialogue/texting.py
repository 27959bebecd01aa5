"""Where a texter is + what they texted -> what is kept of it and what is said back. Pure."""

from datetime import datetime

from dialogue import (
    advice,
    contact_question,
    courtesy,
    keywords,
    safe_question,
    signals,
    struck,
    survey,
    unmeant,
    urgent_texting,
)
from dialogue.answers import ORDER, greeting, wholly
from dialogue.script import Script
from dialogue.thread import HELD, NO, Arrived, Line, Step, Thread
from tiers import URGENT


def step(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    """One text on its way through the conversation. Whatever it says, it has an answer here."""
    if unmeant.automatic(script, language, text.body):
        item = "same" if thread.begun else "none"
        return Step(thread, None, "automatic", item)
    text = text._replace(signals=signals.found(script, text.body, text.tier))
    done = _step(script, language, thread.noticed(text.signals), text)
    if done.item == "new" and done.thread.safe == NO:
        done = done._replace(gave={**done.gave, "safe": NO})
    done = done._replace(thread=urgent_texting.since_asked(thread, done))
    done = done._replace(thread=contact_question.since(thread, done))
    bears = done.say is not None and script.bears_note(language, done.say.phrase)
    return urgent_texting.noted(done, script.notes(language), bears)


def answered(script: Script, language: str, thread: Thread, body: str) -> bool:
    """Whether a text is an answer to the question that was open days ago, and nothing else. An ok
    may be said of anything by then, and so may a yes if we have texted them more since."""
    asked = contact_question.open_to_ok(thread)
    polite = thread.place == "contact" and courtesy.polite(script, language, body)
    return asked and not polite and wholly(script, language, thread.place, body)


def spoken(script: Script, language: str, line: Line, shown: str, at: datetime) -> str:
    """The words of a Line, with its question, the choice said back, its note, and the reference.

    `shown`: as people read it; empty where there is no item. `at`: when it goes out.
    """
    if line.phrase == "question" and line.asked:
        return script.text_question(language, line.asked, line.said)
    question = script.text_question(language, line.asked) if line.asked else ""
    note = script.note(language, line.note) if line.note else ""
    return script.text(
        language, line.phrase, at, ref=shown, said=line.said, question=question, note=note
    )


def _step(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    told = safe_question.taken(script, language, thread, text)
    if told:  # before all else: "not safe" is a word of crisis anywhere but here
        return told
    hit = struck.only_struck(script, language, text.body, text.reasons)
    if text.tier == "R1" and not hit:
        return advice.wanted(thread, urgent_texting.crisis(thread, text))
    if text.tier in URGENT:
        return advice.wanted(thread, urgent_texting.neutral(thread, text))
    if told := keywords.taken(script, language, thread, text):
        return told
    if _no_more(script, language, thread, text):
        return Step(thread, item="last")
    lone = _lone(script, language, thread, text)
    if thread.safe == NO:
        return advice.wanted(thread, urgent_texting.quiet(thread, text, lone))
    if text.picture and not text.body.strip():
        return Step(thread, Line("picture"), item="none")
    if lone:
        return Step(thread, Line("invitation"), item="none")
    return survey.said(script, language, thread, text)


def _no_more(script: Script, language: str, thread: Thread, text: Arrived) -> bool:
    """Whether somebody only thanks us where nothing is open, or wants no advice after all."""
    if thread.place in (*ORDER, HELD) or text.tier or not text.body.strip():
        return False
    if thread.advice and not greeting(script, language, text.body):
        lone = not text.follows and courtesy.wordless(text.body)  # 😢: what do they need?
        return not lone and not advice.in_need(script, language, text.body)
    return text.follows and courtesy.polite(script, language, text.body)


def _lone(script: Script, language: str, thread: Thread, text: Arrived) -> bool:
    """Whether a text only greets us, or is polite to nothing: it opens no item."""
    if thread.place in (*ORDER, HELD) or (thread.begun and not thread.advice):
        return False
    shown = courtesy.pictured(text.body) and not thread.advice  # 😡 tells of care by itself
    shy = courtesy.polite(script, language, text.body) and not shown
    return greeting(script, language, text.body) or (shy and not text.tier)
