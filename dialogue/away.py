"""What is said while no row can be taken: enough that nobody is left alone. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogue import texting
from dialogue.call import Call, Say, Turn
from dialogue.script import Number, Script
from dialogue.thread import HELD, NO, NOTHING, Arrived, Step, Thread

# How an arrival was answered, as its slip in the spool says it.
NONE, REPLIED, CRISIS, STOPPED, STARTED, TONE, AGAIN = "n", "r", "c", "s", "u", "t", "a"
# Words of abuse were, and no reply: the phone is not safe to text.
NEUTRAL, UNSAFE = "d", "w"

OPTS = {"stop": STOPPED, "start": STARTED}

# What is true whatever the rows say, and so can be answered without them.
PLAIN = ("help", "advice", "privacy", "invitation", "picture")

# An address that no turn of the call has had: nobody can read which came last.
AFRESH = 50


@dataclass(frozen=True)
class Spoke:
    """One step of a call without its rows: what is known is only what came, and what waits."""

    turn: str
    take: bool = False  # something was said after the tone
    over: bool = False  # the caller is gone
    last: str | None = None  # how the step before this one was answered, if it waits too
    whole: bool = False  # the call began here, so nothing of it is a row yet


def text(
    script: Script, came: Arrived, hour: Sequence[str], all_marks: Sequence[str]
) -> tuple[str, str | None]:
    """One text, and how its phone was answered in the last hour and in all that waits -> the mark
    and the words."""
    language = script.line.languages[0]
    step = texting.step(script, language, _thread(all_marks), came)
    if step.keyword and step.keyword.word in OPTS:
        return OPTS[step.keyword.word], None
    if came.opted_out:
        return NONE, None
    if step.crisis and step.say and CRISIS not in hour:
        return CRISIS, script.text(language, step.say.phrase)
    if step.thread.safe == NO and not step.keyword:
        return UNSAFE, None
    mark, phrase = _phrase(step, hour)
    if phrase is None or hour.count(REPLIED) >= script.line.limits.replies_an_hour:
        return NONE, None
    return mark, script.text(language, phrase, came.at, question="").strip()


def _thread(marks: Sequence[str]) -> Thread:
    """Where a phone is, as far as its slips say: whether danger was told, and not to text."""
    told = not {NEUTRAL, CRISIS, UNSAFE}.isdisjoint(marks)
    last = next((mark for mark in reversed(marks) if mark in (UNSAFE, STARTED)), None)
    return Thread(HELD if told else NOTHING, safe=NO if last == UNSAFE else "")


def _phrase(step: Step, hour: Sequence[str]) -> tuple[str, str | None]:
    if CRISIS in hour:  # acknowledged once, and nothing is asked of somebody in crisis
        return REPLIED, None if REPLIED in hour else "held"
    if step.say is None:
        return NONE, None
    if step.keyword:
        return REPLIED, step.keyword.word if step.keyword.word in PLAIN else None
    if step.thread.place == HELD:  # without our name: who hits them may hold that phone
        phrase = step.say.phrase if step.say.asked else "neutral"
        return NEUTRAL, None if NEUTRAL in hour else phrase
    return REPLIED, step.say.phrase if step.say.phrase in PLAIN else "received"


def call(script: Script, number: Number | None, spoke: Spoke) -> tuple[str, Turn | None]:
    """One step of a call -> the mark and what is heard: the tone, thanks, or goodbye."""
    if number is None:
        return NONE, _last(script, "not_ours")
    if spoke.over:
        return NONE, None
    if spoke.take:
        return NONE, _last(script, "received")
    if spoke.last == AGAIN:
        # Whoever left a message before all this must not hear that we have none.
        return NONE, _last(script, "goodbye" if spoke.whole else "received")
    unheard = spoke.last == TONE
    return AGAIN if unheard else TONE, _tone(script, number, spoke.turn, unheard)


def _tone(script: Script, number: Number, turn: str, unheard: bool) -> Turn:
    line, key = script.line, "tone_again" if unheard else "tone"
    said = [Say(key, script.spoken(language, key), language) for language in line.languages]
    if turn in ("0", "f0"):
        first = line.languages[0]
        said.insert(0, Say("opening", script.spoken(first, "opening"), first))
    silence = number.silence or line.limits.silence_seconds
    at = Call(language=line.languages[0], turn=after(turn), silence=silence)
    return Turn(at, said=tuple(said), wait="message")


def _last(script: Script, key: str) -> Turn:
    language = script.line.languages[0]
    said = (Say(key, script.spoken(language, key), language),)
    return Turn(Call(language=language, ended=True), said=said, wait="end")


def after(turn: str) -> int:
    """The number of the turn that follows; a fallback of turn 3 (`f3`) leads where 3 would."""
    found = re.fullmatch("f?([0-9]{1,3})", turn)
    return int(found[1]) + 1 if found else AFRESH
