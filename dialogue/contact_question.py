"""Whether we may text or ring somebody: what a text of theirs changes in it, asked or not. Pure."""

from dialogue import agreeing, contact, corrections, wishes
from dialogue.answers import ORDER, answers
from dialogue.digits import digit
from dialogue.plain import matter
from dialogue.script import Script
from dialogue.thread import ADVISED, CLOSED, NO, YES, Arrived, Line, Step, Thread

# Texts of ours that say that we may, or ask: right behind them a bare no or ok is for that.
OFFERS = ("contact_yes", "advice_kept")


def taken(script: Script, language: str, thread: Thread, text: Arrived) -> Step | None:
    """The step of a text that says in words of its own whether we may text or ring, or None if it
    does not. Whoever asked for advice is heard in what they need: see `texting`."""
    if thread.place == "contact":
        return _asked(script, language, thread, text.body)
    if thread.place in ORDER and wishes.had_enough(script, language, text.body, asked=True):
        return _left_alone(thread, text, "same")
    if thread.advice and not contact.bare(script, language, text.body):
        return None
    if thread.place in (ADVISED, CLOSED):
        return _over(script, language, thread, text.body)
    if contact.wants_none(script, language, text.body):
        bare = text.follows and contact.bare(script, language, text.body)
        return _left_alone(thread, text, "same" if bare else "new")
    return None


def open_to_ok(thread: Thread) -> bool:
    """Whether an ok is an answer where that question is open: not behind HELP, or words."""
    return thread.place != "contact" or thread.offered


def beside(script: Script, language: str, thread: Thread, text: Arrived) -> Step | None:
    """Other words where that question is open: it is asked once more and then closed, so that no
    later ok is a yes. None: they are long enough for an item of their own."""
    if text.burst:
        return Step(thread)
    own = len(text.body.strip()) > script.line.limits.short_addition
    if own and not contact.begins(script, language, text.body):
        return None
    if not thread.asked_again:
        return Step(thread._replace(asked_again=True), Line("again", "contact"))
    return Step(thread._replace(place=CLOSED), Line("added"))


def about_all(script: Script, language: str, step: Step, body: str) -> bool:
    """Whether a no is about all that this phone told us, and not about the item of our question:
    "please dont text me again"."""
    return step.gave.get("contact") == NO and contact.wants_none(script, language, body)


def since(before: Thread, step: Step) -> Thread:
    """The thread after a step, knowing whether our last text was about contact, and what this phone
    last said of it."""
    said, answer = step.say, step.gave.get("contact")
    offered = (said.asked == "contact" or said.phrase in OFFERS) if said else before.offered
    refused = answer == NO if answer else before.refused
    return step.thread._replace(offered=offered, refused=refused)


def _asked(script: Script, language: str, thread: Thread, body: str) -> Step | None:
    closed = thread._replace(place=CLOSED)
    had_enough = wishes.had_enough(script, language, body, asked=True)
    enough = had_enough or contact.enough(script, language, body)
    if enough or contact.declines(script, language, body):
        return Step(closed, Line("contact_no"), gave={"contact": NO}, complete=True)
    if agreeing.agrees(script, language, body):
        return Step(closed, Line("contact_yes"), gave={"contact": YES}, complete=True)
    return None


def _over(script: Script, language: str, thread: Thread, body: str) -> Step | None:
    kind = _withdrawn(script, language, thread, body)
    if kind:
        return Step(thread, Line("contact_no"), kind, gave={"contact": NO})
    again = thread.place == CLOSED or thread.refused
    if again and contact.begins(script, language, body) and agreeing.agrees(script, language, body):
        return Step(thread, Line("contact_yes"), gave={"contact": YES})
    return None


def _withdrawn(script: Script, language: str, thread: Thread, body: str) -> str | None:
    """Whether a text takes back that we may text or ring: "answer" if it says nothing else, "words"
    if it does. A 2 is no no here: "Is it safe to ring you, and when?" may be answered by a time."""
    # A number takes back what was said to "May we text you back?", and nothing else.
    told = thread.offered and thread.place == CLOSED
    if told and corrections.to_no(script, language, "contact", body):
        return "answer"
    if contact.still_waits(script, language, body):
        return None
    words = matter(script, language, body)
    numbered = any(digit(word) is not None for word in words)
    unsure = told and " ".join(words) in script.words[language].reading.unsure
    if thread.offered and not numbered and not unsure:
        if answers(script, language, "contact", body).get("contact") == NO:
            return "answer"
        if contact.declines(script, language, body):
            return "words"
    no = contact.unwanted(script, language, body) or contact.bare(script, language, body)
    # Behind a text of a colleague's, too, though nobody knows what it asked.
    staffs = thread.place == ADVISED and not numbered
    for_others = staffs and contact.because_of_others(script, language, body)
    return "words" if no or for_others else None


def _left_alone(thread: Thread, text: Arrived, item: str) -> Step:
    """They want no texts: nothing (more) is asked, and one short text says so."""
    first = not thread.begun
    after = thread.anew(CLOSED).noticed(text.signals) if first else thread._replace(place=CLOSED)
    kept = item if first else "same"
    return Step(after, Line("contact_no"), item=kept, gave={"contact": NO}, complete=True)
