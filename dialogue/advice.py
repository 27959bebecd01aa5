"""What comes behind ADVICE, which says "tell us what you need and we may ring you". Pure."""

from collections.abc import Mapping

from dialogue import contact, courtesy, refusals
from dialogue.answers import NO_ANSWER, answers, greeting
from dialogue.script import Script
from dialogue.thread import ADVISED, NO, YES, Arrived, Line, Step, Thread


def in_need(script: Script, language: str, body: str) -> bool:
    """Whether words tell what somebody needs: thanks, a no or hello do not. "No reply" does: they
    wrote or rang, and nobody answered."""
    if greeting(script, language, body) or courtesy.polite(script, language, body):
        return False
    if contact.still_waits(script, language, body):
        return True
    no = answers(script, language, "contact", body).get("contact") == NO
    return not no and not courtesy.by_themselves(script, language, body)


def needed(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    """What somebody needs: an item of its own, for the ring-back list. No survey is in their way.

    They were told that we may ring: to whoever had said no before, that is no yes of theirs.
    """
    after, say = thread.anew(ADVISED).noticed(text.signals), Line("advice_kept")
    gave: Mapping[str, str] = NO_ANSWER if thread.refused else {"contact": YES}
    told = refusals.tells_us_not_to(script, language, text.body)
    if told and contact.unwanted(script, language, text.body):
        say, gave = Line("contact_no"), {"contact": NO}
    return Step(after, say, item="new", purpose="advice", gave=gave, complete=True)


def wanted(thread: Thread, step: Step) -> Step:
    """Words of danger by somebody who texted ADVICE: when the danger is seen to, they still wait
    for advice."""
    return step._replace(purpose="advice") if thread.advice else step
