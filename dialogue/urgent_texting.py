"""Words of crisis or abuse by text: help is named at once, and no survey question follows. Pure.

R1 brings the crisis reply. R2 brings a neutral one that reveals nothing to whoever holds the
phone, and asks only whether texting is safe. Later words get a short word back, hourly at most.
"""

from dialogue.thread import (
    ASKED,
    HELD,
    HOUR,
    NO,
    WORDS,
    Arrived,
    Line,
    Step,
    Thread,
)

# Both have a wording of their own for children, because a note would not fit beside the help.
ALONE = ("crisis", "neutral")


def crisis(thread: Thread, text: Arrived) -> Step:
    """Somebody's life: the crisis reply, unless it was given within the hour."""
    item, thread = _begun(thread, text)
    if _helped(thread, text):
        return held(thread, text)._replace(item=item)
    after = thread._replace(crisis_at=text.at)
    return Step(after, Line("crisis"), item=item, crisis=True)


def neutral(thread: Thread, text: Arrived) -> Step:
    """Somebody is abused: whether this phone is safe is asked until it is answered."""
    item, thread = _begun(thread, text)
    recent = thread.neutral_at and text.at - thread.neutral_at < HOUR
    if thread.safe in ("", ASKED) and not recent:
        after = thread._replace(neutral_at=text.at, safe=ASKED)
        return Step(after, Line("neutral", "safe"), item=item)
    # The question of an hour ago is still on that phone, though another item was begun.
    asked = thread._replace(safe=thread.safe or ASKED)
    return held(asked, text)._replace(item=item)


def held(thread: Thread, text: Arrived) -> Step:
    """More words after those: kept, acknowledged once an hour at most, never with a question."""
    # Whoever told us that this phone is not safe hears no more from us: see `safe_no`.
    if thread.safe == NO or (thread.held_at and text.at - thread.held_at < HOUR):
        return Step(thread)
    # Who to talk to is named again only where it was named before: see the neutral reply.
    phrase = "held" if thread.crisis_at else "kept"
    return Step(thread._replace(held_at=text.at), Line(phrase))


def quiet(thread: Thread, text: Arrived, lone: bool) -> Step:
    """Words from a phone that is not safe, however much later and of whatever: kept, not answered.
    `lone`: a greeting and nothing else, which opens no item."""
    if lone or not text.body.strip():
        return Step(thread, item="none")
    item, after = _begun(thread, text)
    return Step(after, item=item, complete=True)


def answered(thread: Thread, safe: str) -> Step:
    """Whether this phone is safe to text: kept, and kind words back."""
    after = thread._replace(safe=safe)
    return Step(after, Line(f"safe_{safe}"), "answer", gave={"safe": safe}, complete=True)


def anew(thread: Thread, text: Arrived) -> Step:
    """A yes that may be meant for something else is kept as words, and the question comes again:
    nobody is texted for a yes to "may we ring at 3?"."""
    return Step(thread._replace(neutral_at=text.at), Line("neutral", "safe"))


def since_asked(before: Thread, step: Step) -> Thread:
    """The thread after a step, knowing whether anything came since that question was asked."""
    asked = step.thread.safe == ASKED and not (step.say and step.say.asked == "safe")
    return step.thread._replace(between=(before.between or WORDS) if asked else "")


def refused(thread: Thread, text: Arrived, cry: bool) -> Step:
    """A no in words, on what it is about. `cry`: it is one for somebody's life, too, and help is
    named before anything else, once an hour as ever."""
    item, at = ("same", thread) if thread.safe else _begun(thread, text)
    told = answered(at, NO)._replace(kind="words", item=item)
    if not cry or _helped(thread, text):
        return told
    after = told.thread._replace(crisis_at=text.at)
    return told._replace(thread=after, say=Line("crisis"), crisis=True)


def noted(step: Step, notes: tuple[str, ...], bears: bool) -> Step:
    """The reply with the note that is due, in the order of `notes`; each is given once an item.
    But a child in danger hears of Childline each time: an hour ago nobody was to die yet.

    `bears`: the reply has room for one. None goes to a phone that may not be safe to text.
    """
    thread = step.thread
    if step.say and step.say.phrase in ALONE and "child" in thread.signals:
        return _told(step, "child", step.say._replace(phrase=f"{step.say.phrase}_child"))
    due = [name for name in notes if name in thread.signals and name not in thread.told]
    if step.say is None or not due or not bears or thread.safe in (ASKED, NO):
        return step
    return _told(step, due[0], step.say._replace(note=due[0]))


def _told(step: Step, name: str, said: Line) -> Step:
    told = tuple(dict.fromkeys((*step.thread.told, name)))
    return step._replace(thread=step.thread._replace(told=told), say=said)


def _helped(thread: Thread, text: Arrived) -> bool:
    """Whether help was named within the hour."""
    return thread.crisis_at is not None and text.at - thread.crisis_at < HOUR


def _begun(thread: Thread, text: Arrived) -> tuple[str, Thread]:
    """Which item these words are on, and its thread, where no question but safety is asked now."""
    if not thread.begun:
        return "new", thread.anew(HELD).noticed(text.signals)
    return "same", thread._replace(place=HELD, asked_again=False)
