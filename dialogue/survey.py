"""What somebody tells, and their answers to its questions: what comes next. Pure."""

from collections.abc import Mapping

from dialogue import advice, contact_question, corrections, courtesy, overtaken, urgent_texting
from dialogue.answers import NO_ANSWER, ORDER, answers, says_more
from dialogue.script import Script
from dialogue.thread import ADVISED, CLOSED, HELD, NOTHING, Arrived, Line, Step, Thread


def said(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    """The step of a text that is no keyword, no courtesy and no danger: an answer, or words."""
    if thread.place == HELD and text.body.strip():
        return advice.wanted(thread, urgent_texting.held(thread, text))
    if text.overtaken and (thread.place != NOTHING or thread.advice) and text.body.strip():
        return overtaken.words(script, language, thread, text)
    if thread.place in ORDER and (corrected := _corrected(script, language, thread, text)):
        return corrected
    if thread.place in ORDER and (gave := _gave(script, language, thread, text.body)):
        more = says_more(script, language, gave, text.body)
        told = contact_question.taken(script, language, thread, text) if more else None
        # With a tier it is words, too: a person sees an "emergency" that we take for a service.
        kind = "words" if more or text.tier else "answer"
        return told or _answered(script, language, thread, gave, kind)
    told = contact_question.taken(script, language, thread, text)
    if told or not text.body.strip():
        return told or Step(thread, item="none")
    if thread.advice and advice.in_need(script, language, text.body):
        return advice.needed(script, language, thread, text)
    if not thread.begun:
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
