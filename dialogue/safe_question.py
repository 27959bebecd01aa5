"""Whether a phone is safe to text: what somebody says of it, asked or not. Pure.

Before all else in a thread of danger: who reads the phone may be who hits them.
"""

from dialogue import contact, corrections, overtaken, refusals, urgent_texting
from dialogue.answers import answers
from dialogue.asked_for import keyword
from dialogue.cries import cries
from dialogue.digits import digit
from dialogue.plain import matter
from dialogue.script import Script
from dialogue.thread import ASKED, HELD, NO, WORDS, YES, Arrived, Step, Thread
from dialogue.watched import minded, watched
from tiers import URGENT

ASKING = "?？؟"  # as people type it, in other scripts too


def taken(script: Script, language: str, thread: Thread, text: Arrived) -> Step | None:
    """The step of a text that says whether the phone is safe to text, or None if it does not: a yes
    once, where that was asked, and as it stands in the script; a no also with its reason, after a
    yes or a no, and unasked in or after words of danger."""
    asked = thread.safe in (ASKED, YES) and not overtaken.before_safety(thread, text)
    told = answers(script, language, "safe", text.body).get("safe") if asked else None
    if told == NO or (asked and _no(script, language, text.body)):
        return urgent_texting.answered(thread, NO)
    if told and thread.safe == ASKED:
        meant = not text.overtaken and _meant(script, language, thread, text.body)
        return urgent_texting.answered(thread, YES) if meant else urgent_texting.anew(thread, text)
    if not _refused(script, language, thread, text, asked):
        return None
    cry = _cry(script, language, thread, text, asked)
    if thread.safe == NO:
        # No crisis reply is owed for how a no sounds: the rota hears of it, and he would see ours.
        return None if cry or text.tier != "R1" else urgent_texting.quiet(thread, text, lone=False)
    return urgent_texting.refused(thread, text, cry)


def _no(script: Script, language: str, body: str) -> bool:
    """Whether a text is a no that stands in no list: one taken back for it, or drawn out."""
    taken_back = corrections.to_no(script, language, "safe", body)
    return taken_back or refusals.drawn_out(script, language, body)


def _meant(script: Script, language: str, thread: Thread, body: str) -> bool:
    """Whether a yes is surely for that question: nothing came between, or it is its own number or
    words, and they do not ask: "safe?". To "May we ring at 3?" of a colleague even "1" is an
    answer."""
    if any(mark in body for mark in ASKING):
        return False
    tokens = matter(script, language, body)
    numbered = thread.between == WORDS and digit(tokens[0]) is not None
    return (
        not thread.between
        or numbered
        or " ".join(tokens) in script.words[language].reading.surely_safe
    )


def _refused(script: Script, language: str, thread: Thread, text: Arrived, asked: bool) -> bool:
    if thread.safe == NO:
        return _said_again(script, language, text.body)
    if thread.safe in (ASKED, YES):
        open_ = asked and thread.safe == ASKED
        unsafe = refusals.unsafe(script, language, text.body, asked=open_)
        return unsafe or _enough(script, language, text.body)
    if thread.place == HELD and _enough(script, language, text.body):
        return True
    if thread.place != HELD and text.tier not in URGENT:
        return False
    if refusals.tells_us_not_to(script, language, text.body):
        return True
    helped = thread.place != HELD and minded(script, language, text.body, text.reasons)
    return watched(script, language, text.body) and not helped


def _said_again(script: Script, language: str, body: str) -> bool:
    """Whether a phone that is not safe is said to be so once more. There "if they dont ring me back
    ill kill myself" is no refusal: it is to be answered."""
    unsafe = refusals.says_not_safe(script, language, body)
    told = unsafe or refusals.tells_us_not_to(script, language, body)
    return told or _enough(script, language, body)


def _enough(script: Script, language: str, body: str) -> bool:
    """Whether a text only tells us to stop, and not by a keyword, which does more than that."""
    return not keyword(script, language, body) and contact.enough(script, language, body)


def _cry(script: Script, language: str, thread: Thread, text: Arrived, asked: bool) -> bool:
    """Whether words that refuse our texts are a cry for life, too. Where danger was told before, or
    safety asked after, a refusal is to be expected, and may alone sound like one."""
    if text.tier != "R1":
        return False
    asked = asked or thread.safe == NO
    expected = asked or thread.place == HELD
    return not expected or cries(script, language, text.body, text.reasons, asked)
