"""Where a texter is + what they texted -> what is kept of it and what is said back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dialogue.answers import ORDER, Keyword, answers, death, greeting, keyword
from dialogue.script import Script

FRESH = timedelta(hours=24)
CRISIS_AGAIN = timedelta(hours=1)

NOTHING, ANOTHER, CLOSED, HELD = "nothing", "another", "closed", "held"


@dataclass(frozen=True)
class Thread:
    """Where a phone is in its conversation: an open question, or one of the four above."""

    place: str = NOTHING
    asked_again: bool = False
    crisis_at: datetime | None = None
    held_at: datetime | None = None
    grieving: bool = False


@dataclass(frozen=True)
class Line:
    """One phrase to say, by its key; `asked` and `said` fill in its question."""

    phrase: str
    asked: str | None = None
    said: str = ""


@dataclass(frozen=True)
class Step:
    """What one text changes. The edge does it: keeps, commits, and only then answers."""

    thread: Thread
    say: Line | None = None
    kind: str = "words"
    item: str = "same"  # "same", "new" (linked to the last one), or "none"
    gave: Mapping[str, str] = field(default_factory=dict)
    keyword: Keyword | None = None
    complete: bool = False
    crisis: bool = False


@dataclass(frozen=True)
class Arrived:
    """One text: its body, whether it brought a picture, its urgent tier, and when it came."""

    body: str
    at: datetime
    urgent: bool = False
    picture: bool = False
    opted_out: bool = False


def step(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    """One text on its way through the conversation. Whatever it says, it has an answer here."""
    if text.urgent:
        return _crisis(thread, text)
    found = keyword(script, language, text.body)
    if found is None and text.opted_out and thread.place not in ORDER and _yes(text.body):
        found = Keyword("start")  # Twilio takes a bare YES as START; so must we
    if found:
        return _keyword(script, thread, found)
    if text.picture and not text.body.strip():
        return Step(thread, Line("picture"), item="none")
    if greeting(script, language, text.body) and thread.place in (NOTHING, ANOTHER):
        return Step(thread, Line("invitation"), item="none")
    return _said(script, language, thread, text)


def still(thread: Thread, touched_at: datetime, now: datetime) -> Thread:
    """After 24 hours of silence the item is complete as it is, and the next text starts afresh.

    When a crisis reply was last given is remembered: never twice within the hour.
    """
    if now - touched_at < FRESH:
        return thread
    return Thread(crisis_at=thread.crisis_at, held_at=thread.held_at)


def unheard(before: Thread, after: Thread) -> Thread:
    """The place of somebody who got no reply: a question that was never asked is not open.

    Nor was a crisis reply given, so the next words of crisis get theirs.
    """
    asked = after.place in ORDER and after.place != before.place
    place = CLOSED if asked else after.place
    return replace(after, place=place, crisis_at=before.crisis_at, held_at=before.held_at)


def forgotten(thread: Thread) -> Thread:
    """The item of this conversation was removed: the next words open another."""
    return replace(thread, place=NOTHING, asked_again=False, grieving=False)


def _yes(body: str) -> bool:
    return body.strip(" .!").casefold() == "yes"


def _crisis(thread: Thread, text: Arrived) -> Step:
    item = "new" if thread.place in (NOTHING, ANOTHER) else "same"
    if thread.crisis_at and text.at - thread.crisis_at < CRISIS_AGAIN:
        return replace(_held(replace(thread, place=HELD), text), item=item)
    after = replace(thread, place=HELD, crisis_at=text.at)
    return Step(after, Line("crisis"), item=item, crisis=True)


def _held(thread: Thread, text: Arrived) -> Step:
    # After words of crisis: kept, acknowledged once an hour at most, no survey question.
    if thread.held_at and text.at - thread.held_at < CRISIS_AGAIN:
        return Step(thread)
    return Step(replace(thread, held_at=text.at), Line("held"))


def _keyword(script: Script, thread: Thread, found: Keyword) -> Step:
    silent = found.word.upper() in script.line.twilio_answers
    say = None if silent else Line("another" if found.word == "new" else found.word)
    after, complete = thread, False
    if found.word == "stop" and thread.place in ORDER:
        after, complete = replace(thread, place=CLOSED, asked_again=False), True
    if found.word == "new":
        complete = thread.place not in (NOTHING, ANOTHER)
        after = replace(thread, place=ANOTHER, asked_again=False, grieving=False)
    item = "same" if thread.place not in (NOTHING, ANOTHER) else "none"
    return Step(after, say, "keyword", item, keyword=found, complete=complete)


def _said(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    if thread.place in (NOTHING, ANOTHER):
        return _first(_heard(script, language, thread, text))
    if not text.body.strip():
        return Step(thread, item="none")
    if thread.place == HELD:
        return _held(thread, text)
    if thread.place in ORDER:
        gave = answers(script, language, thread.place, text.body)
        if gave:
            return _answered(script, language, thread, gave)
    if thread.place in ("contact", CLOSED):
        return _after_closing(script, language, thread, text)
    return _more(_heard(script, language, thread, text))


def _heard(script: Script, language: str, thread: Thread, text: Arrived) -> Thread:
    # Somebody died: nobody is asked how good that was.
    return replace(thread, grieving=thread.grieving or death(script, language, text.body))


def _first(thread: Thread) -> Step:
    after = replace(thread, place="service", asked_again=False)
    return Step(after, Line("first", "service"), item="new")


def _answered(script: Script, language: str, thread: Thread, gave: Mapping[str, str]) -> Step:
    last = [question for question in ORDER if question in gave][-1]
    if last == "contact":
        after = replace(thread, place=CLOSED)
        return Step(after, Line(f"contact_{gave['contact']}"), "answer", gave=gave, complete=True)
    following = ORDER[ORDER.index(last) + 1]
    if following == "rating" and thread.grieving:
        following = "about"
    said = script.question(language, last).options[gave[last]].text + ". "
    phrase = "closing" if following == "contact" else "question"
    return Step(
        replace(thread, place=following), Line(phrase, following, said), "answer", gave=gave
    )


def _more(thread: Thread) -> Step:
    """More feedback while a question is open: asked once more, then the closing text."""
    if thread.grieving and thread.place == "rating":
        return Step(replace(thread, place="about"), Line("again", "about"))
    if not thread.asked_again:
        return Step(replace(thread, asked_again=True), Line("again", thread.place))
    return Step(replace(thread, place="contact"), Line("closing", "contact"))


def _after_closing(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    if len(text.body.strip()) <= script.line.limits.short_addition:
        return Step(thread, Line("added"))
    return _first(_heard(script, language, replace(thread, grieving=False), text))


def spoken(script: Script, language: str, line: Line, reference: str) -> str:
    """The words of a Line, with its question, the choice said back and the reference."""
    shown = f"{reference[:4]}-{reference[4:]}" if reference else ""
    if line.phrase == "question" and line.asked:
        return script.text_question(language, line.asked, line.said)
    question = script.text_question(language, line.asked) if line.asked else ""
    return script.text(language, line.phrase, ref=shown, said=line.said, question=question)
