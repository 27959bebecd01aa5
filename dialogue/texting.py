"""Where a texter is + what they texted -> what is kept of it and what is said back. Pure."""

from collections.abc import Mapping
from datetime import datetime

from dialogue import (
    advice,
    contact_question,
    corrections,
    courtesy,
    overtaken,
    safe_question,
    signals,
    unmeant,
    urgent_texting,
)
from dialogue.answers import (
    NO_ANSWER,
    ORDER,
    Keyword,
    answers,
    greeting,
    keyword,
    says_more,
    wholly,
)
from dialogue.script import Script
from dialogue.thread import (
    ADVISED,
    ANOTHER,
    ASKED,
    CLOSED,
    HELD,
    NO,
    NOTHING,
    Arrived,
    Line,
    Step,
    Thread,
)

# Answered on a phone that is not safe, too: carriers demand it, and START asks for our texts again.
ALL_THE_SAME = ("stop", "start", "help")


def step(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    """One text on its way through the conversation. Whatever it says, it has an answer here."""
    if unmeant.automatic(script, language, text.body):
        item = "same" if thread.place not in (NOTHING, ANOTHER) else "none"
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
    asked = thread.place != "contact" or thread.offered
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
    if text.tier == "R1":
        return _wanted(thread, urgent_texting.crisis(thread, text))
    if text.tier == "R2":
        return _wanted(thread, urgent_texting.neutral(thread, text))
    found = keyword(script, language, text.body)
    if found is None and text.opted_out and thread.place not in ORDER and _yes(text.body):
        found = Keyword("start")  # Twilio takes a bare YES as START; so must we
    if found:
        return _keyword(script, thread, text, found)
    if _no_more(script, language, thread, text):
        return Step(thread, item="last")
    lone = _lone(script, language, thread, text)
    if thread.safe == NO:
        return _wanted(thread, urgent_texting.quiet(thread, text, lone))
    if text.picture and not text.body.strip():
        return Step(thread, Line("picture"), item="none")
    if lone:
        return Step(thread, Line("invitation"), item="none")
    return _said(script, language, thread, text)


def _yes(body: str) -> bool:
    return body.strip(" .!").casefold() == "yes"


def _no_more(script: Script, language: str, thread: Thread, text: Arrived) -> bool:
    """Whether somebody only thanks us where nothing is open, or wants no advice after all."""
    if thread.place in (*ORDER, HELD) or text.tier or not text.body.strip():
        return False
    if thread.advice and not greeting(script, language, text.body):
        return not advice.in_need(script, language, text.body)
    return text.follows and courtesy.polite(script, language, text.body)


def _lone(script: Script, language: str, thread: Thread, text: Arrived) -> bool:
    """Whether a text only greets us, or is polite to nothing: it opens no item."""
    if thread.place in (*ORDER, HELD) or not (thread.advice or thread.place in (NOTHING, ANOTHER)):
        return False
    shy = courtesy.polite(script, language, text.body) and not courtesy.pictured(text.body)
    return greeting(script, language, text.body) or (shy and not text.tier)


def _keyword(script: Script, thread: Thread, text: Arrived, found: Keyword) -> Step:
    item = "same" if thread.place not in (NOTHING, ANOTHER) else "none"
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
        after = after._replace(safe="")  # they ask for our texts again
    if found.word == "new":
        after, complete = thread.left(ANOTHER), thread.place not in (NOTHING, ANOTHER)
    return Step(after, say, "keyword", item, keyword=found, complete=complete)


def _stopped(thread: Thread) -> Thread:
    """No question is open any more: the next YES asks for texts again."""
    safe = "" if thread.safe == ASKED else thread.safe
    if thread.place not in ORDER:
        return thread._replace(safe=safe)
    return thread._replace(place=CLOSED, asked_again=False, safe=safe)


def _said(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    if thread.place == HELD and text.body.strip():
        return _wanted(thread, urgent_texting.held(thread, text))
    if text.overtaken and (thread.place != NOTHING or thread.advice) and text.body.strip():
        return overtaken.words(script, language, thread, text)
    if thread.place in ORDER and (corrected := _corrected(script, language, thread, text)):
        return corrected
    if thread.place in ORDER and (gave := _gave(script, language, thread, text.body)):
        more = says_more(script, language, gave, text.body)
        if not (more and contact_question.taken(script, language, thread, text)):
            return _answered(script, language, thread, gave, "words" if more else "answer")
    told = contact_question.taken(script, language, thread, text)
    if told or not text.body.strip():
        return told or Step(thread, item="none")
    if thread.advice and advice.in_need(script, language, text.body):
        return advice.needed(script, language, thread, text)
    if thread.place in (NOTHING, ANOTHER):
        return _first(thread, text)
    if thread.place == ADVISED:
        return Step(thread, Line("added"))
    if thread.place == "contact":
        return contact_question.beside(script, language, thread, text) or _first(thread, text)
    if thread.place == CLOSED:
        return _after_closing(script, thread, text)
    return _more(thread, text)


def _gave(script: Script, language: str, thread: Thread, body: str) -> Mapping[str, str]:
    polite = courtesy.polite(script, language, body)
    if polite and not contact_question.open_to_ok(thread):
        return NO_ANSWER
    return answers(script, language, thread.place, body)


def _first(thread: Thread, text: Arrived) -> Step:
    after = thread.anew("service").noticed(text.signals)
    return Step(after, Line("first", "service"), item="new")


def _wanted(thread: Thread, step: Step) -> Step:
    """Words of danger by somebody who texted ADVICE: when the danger is seen to, they still wait
    for advice."""
    return step._replace(purpose="advice") if thread.advice else step


def _answered(
    script: Script, language: str, thread: Thread, gave: Mapping[str, str], kind: str
) -> Step:
    last = [question for question in ORDER if question in gave][-1]
    if gave.get("about") == "staff":
        thread = thread.noticed(("staff",))
    said = _said_back(script, language, gave)
    if last == "contact":
        after, say = thread._replace(place=CLOSED), Line(f"contact_{gave['contact']}", said=said)
        return Step(after, say, "answer", gave=gave, complete=True)
    following = ORDER[ORDER.index(last) + 1]
    if following == "rating" and _grieving(thread):
        following = "about"
    phrase = "closing" if following == "contact" else "question"
    return Step(thread._replace(place=following), Line(phrase, following, said), kind, gave=gave)


def _corrected(script: Script, language: str, thread: Thread, text: Arrived) -> Step | None:
    """An answer is taken back for another, and the open question comes again. So it does where the
    other may be for either, and nothing is guessed. Neither uses up its repeat."""
    before = ORDER[: ORDER.index(thread.place)]
    asked = [one for one in before if one != "rating" or not _grieving(thread)]
    gave = corrections.meant(script, language, [*asked, thread.place], text.body)
    if gave is None or gave.get("contact") == "yes":  # that is said in so many words, or not at all
        return None
    if not gave:
        return Step(thread, Line("again", thread.place))
    if thread.place in gave:
        return _answered(script, language, thread, gave, "answer")
    phrase = "closing" if thread.place == "contact" else "question"
    say = Line(phrase, thread.place, _said_back(script, language, gave))
    return Step(thread, say, "answer", gave=gave)


def _said_back(script: Script, language: str, gave: Mapping[str, str]) -> str:
    """The choices in words, all of them: who answered three questions at once sees what we took.
    That we may text, or may not, is what the reply itself says."""
    chosen = (q for q in ORDER if q in gave and q != "contact")
    return "".join(f"{script.question(language, q).options[gave[q]].text}. " for q in chosen)


def _more(thread: Thread, text: Arrived) -> Step:
    """More feedback while a question is open: asked once more, then the closing text. Whoever is
    still writing has not read the question: it stays open, and uses up no repeat."""
    if _grieving(thread) and thread.place == "rating":
        return Step(thread._replace(place="about"), Line("again", "about"))
    if text.burst:
        return Step(thread)
    if not thread.asked_again:
        return Step(thread._replace(asked_again=True), Line("again", thread.place))
    return Step(thread._replace(place="contact"), Line("closing", "contact"))


def _after_closing(script: Script, thread: Thread, text: Arrived) -> Step:
    if len(text.body.strip()) <= script.line.limits.short_addition:
        return Step(thread, Line("added"))
    return _first(thread, text)


def _grieving(thread: Thread) -> bool:
    # Somebody died: nobody is asked how good that was.
    return "death" in thread.signals
