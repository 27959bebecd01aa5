"""A text that was sent before words that were taken first: lost and found, or slower. Pure.

It was written before the question that is open now, so it answers none: of a yes nothing is
guessed.
"""

from dialogue import contact
from dialogue.answers import NO_ANSWER
from dialogue.asked_for import Keyword
from dialogue.script import Script
from dialogue.thread import NO, NOTHING, Arrived, Step, Thread

# What these ask for is about the words that follow them, and those are here already.
OF_WHAT_FOLLOWS = ("new", "advice")


def words(script: Script, language: str, thread: Thread, text: Arrived) -> Step:
    """Its words, kept in silence: the conversation goes on where it is. A wish not to be texted
    counts whenever it was made."""
    left_alone = contact.wants_none(script, language, text.body)
    item = "new" if thread.place == NOTHING else "same"
    return Step(thread, item=item, gave={"contact": NO} if left_alone else NO_ANSWER)


def in_force(thread: Thread, found: Keyword, text: Arrived) -> bool:
    """Whether a keyword still does what it says: of STOP and START the one that was sent last."""
    if not text.overtaken:
        return True
    if found.word in ("stop", "start"):
        return thread.opted_at is None or text.moment > thread.opted_at
    return found.word not in OF_WHAT_FOLLOWS


def before_safety(thread: Thread, text: Arrived) -> bool:
    """Whether it was sent before we asked if the phone is safe to text."""
    asked_at = thread.neutral_at
    return text.overtaken and (asked_at is None or text.moment < asked_at)
