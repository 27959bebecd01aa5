"""STOP, NEW, DELETE and their like: what one changes in a conversation. Pure."""

from dialogue import overtaken
from dialogue.answers import ORDER
from dialogue.asked_for import Keyword, keyword
from dialogue.script import Script
from dialogue.thread import ANOTHER, ASKED, CLOSED, NO, NOTHING, Arrived, Line, Step, Thread

# Answered on a phone that is not safe, too: carriers demand it, and START asks for our texts again.
ALL_THE_SAME = ("stop", "start", "help")


def taken(script: Script, language: str, thread: Thread, text: Arrived) -> Step | None:
    """The step of a text that is a keyword, or None."""
    found = keyword(script, language, text.body)
    if found is None and text.opted_out and thread.place not in ORDER and _yes(text.body):
        found = Keyword("start")  # Twilio takes a bare YES as START; so must we
    return _step(script, thread, text, found) if found else None


def _step(script: Script, thread: Thread, text: Arrived, found: Keyword) -> Step:
    item = "same" if thread.begun else "none"
    if not overtaken.in_force(thread, found, text):
        return Step(thread, None, "keyword", item)
    watched = thread.safe == NO and found.word not in ALL_THE_SAME
    silent = watched or found.word.upper() in script.line.twilio_answers
    say = None if silent else Line("another" if found.word == "new" else found.word)
    after, complete = thread._replace(advice=thread.advice or found.word == "advice"), False
    if found.word == "stop":
        after, complete = _stopped(thread), thread.place in ORDER
    if found.word in ("stop", "start"):
        after = after._replace(opted_at=text.moment)
    if found.word == "start" and thread.safe == NO:
        # They ask for our texts again: what they tell now is answered, as behind danger it is not.
        after = after.anew(NOTHING)._replace(safe="")
    if found.word == "new":
        after, complete = thread.left(ANOTHER), thread.begun
    return Step(after, say, "keyword", item, keyword=found, complete=complete)


def _stopped(thread: Thread) -> Thread:
    """No question is open any more: the next YES asks for texts again."""
    safe = "" if thread.safe == ASKED else thread.safe
    if thread.place not in ORDER:
        return thread._replace(safe=safe)
    return thread._replace(place=CLOSED, asked_again=False, safe=safe)


def _yes(body: str) -> bool:
    return body.strip(" .!").casefold() == "yes"
