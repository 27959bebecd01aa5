"""A text arrives: find the phone's place, take one step, keep what was given."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dialogue import items, texting, unmeant
from dialogue.answers import ORDER
from dialogue.intake import Answer, Arrival, Door
from dialogue.thread import (
    FRESH,
    NO,
    NOTHING,
    STILL_WRITING,
    Arrived,
    Step,
    Thread,
    restored,
    still,
    stored,
    unheard,
)
from store import callers, ledger, of_phone, references, search, single, talks
from store.inserts import insert_once
from store.models import Caller, Channel, Conversation, Feedback, Kind, Text

# Replies to feedback. In their place a colleague hears of the alert that nobody has taken.
OF_FEEDBACK = ("first", "again", "closing", "added", "invitation")


def take(
    session: Session,
    door: Door,
    arrival: Arrival,
    caller: Caller | None,
    instead: str | None = None,
) -> Answer:
    """One text: its item is opened or added to; the reply, if there is one, is the answer.

    `instead`: what is said in place of a reply to feedback. No survey question is asked then.
    """
    line, called = door.script.line, arrival.get("To")
    if caller is None or not arrival.clean_sid("MessageSid", "(SM|MM)"):
        return Answer(door.text(None), quarantine="a text without a sender or a MessageSid")
    if line.number(called) is None:
        return Answer(door.text(None), quarantine="a text to a number that is not in line.toml")
    key = talks.key(caller.joined, called)
    talk = talks.begun(session, Channel.TEXT, key, caller.id, arrival.at)
    before, language, said = restored(talk.state), line.languages[0], arrival.get("Body")
    answered = texting.answered(door.script, language, before, said)
    thread = still(before, talk.touched_at, arrival.at, answered)
    if unmeant.only_sounds(door.script, language, thread, said, arrival.reasons):
        arrival = replace(arrival, tier=None, reasons=[])
    step = texting.step(door.script, language, thread, _arrived(arrival, caller, talk))
    unsafe = step.thread.safe == NO != before.safe
    if unsafe:
        of_phone.hold_all(session, caller.id)
    item = _keep(session, door, arrival, talk, step)
    silent = _silent(session, door, arrival, caller, step)
    if step.crisis and silent:
        items.unanswered(session, arrival.sid, arrival.known)
    removed = _effect(session, door, arrival, caller, step)
    if unsafe:
        items.not_safe(session, caller.id)
    instead = instead if step.say and step.say.phrase in OF_FEEDBACK else None
    after = unheard(before, step.thread) if silent or instead else step.thread
    if removed and removed.hidden_at and removed.id == talk.feedback_id:
        after = after.anew(NOTHING)  # the item was removed: the next words open another
    _remember(session, talk, after, arrival.at)
    if step.say is None or silent:
        # What was given while the database was away counts towards the limit like any reply.
        given = arrival.given not in (None, door.text(None)) and not step.crisis
        return Answer(door.text(None), replied=given)
    shown = references.shown(item.reference) if item else ""
    at = arrival.answered_at or arrival.at
    words = instead or texting.spoken(door.script, language, step.say, shown, at)
    # A crisis reply is not counted: neither it nor its repeat is ever held back.
    body = door.text(words, arrival.sid) if step.crisis else door.text(words)
    return Answer(body, replied=not step.crisis, words=words, crisis=step.crisis)


def _arrived(arrival: Arrival, caller: Caller, talk: Conversation) -> Arrived:
    return Arrived(
        body=arrival.get("Body"),
        at=arrival.answered_at or arrival.at,
        tier=arrival.tier,
        picture=arrival.get("NumMedia") not in ("", "0"),
        opted_out=caller.opted_out,
        follows=talk.feedback_id is not None,
        reasons=tuple(arrival.reasons),
        sent=arrival.at,
        overtaken=_overtaken(arrival, talk),
        burst=arrival.at - talk.touched_at < STILL_WRITING,
    )


def _overtaken(arrival: Arrival, talk: Conversation) -> bool:
    """Whether something that came after this text was taken first."""
    return arrival.at < talk.touched_at


def _keep(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, step: Step
) -> Feedback | None:
    """Put the text, and what it answered, on its item; a lone keyword opens none."""
    if step.item == "none":
        return None
    item = _item_for(session, door, arrival, talk, step)
    if item is None:
        return None
    if step.purpose == "advice":
        item.purpose = step.purpose
    before = items.news_to(item)
    items.give(item, step.gave)
    if step.kind == "words":
        items.signal(item, step.thread.signals)
        other_script = items.other_script(arrival.get("Body"))
        items.flag(item, arrival.tier, arrival.reasons, other_script)
        if step.item != "last" or not items.over(item):
            items.reopen(session, item, arrival.known)
    item.complete = item.complete or step.complete
    items.written(session, talk, item)
    _text_kept(session, arrival, talk, step, item)
    if step.kind == "words":
        items.summon(session, item, arrival.tier, before, arrival.known)
    return item


def _item_for(
    session: Session, door: Door, arrival: Arrival, talk: Conversation, step: Step
) -> Feedback | None:
    """The item that this text is on: the conversation's own, or a new one, which ends that one.

    Words to an item that its person had removed open another: they are not to vanish with it. For
    polite words that is not worth an item.
    """
    item = _in_hand(session, arrival, talk, step)
    if step.item == "last":
        return item if item and not item.hidden_at else None
    if item and step.item != "new" and not (item.hidden_at and step.kind == "words"):
        return item
    if item:
        item.complete = True
        single.save(session, item)
    line = door.script.line
    return items.begun(
        talk, line=line.id, notice=line.notice, language=line.languages[0], at=arrival.at
    )


def _in_hand(session: Session, arrival: Arrival, talk: Conversation, step: Step) -> Feedback | None:
    """The conversation's item; of an overtaken text the one that it went on with, if any.

    Locked: a colleague who raises its tier at this moment must not be undone by what was read
    before. Whoever locks both takes the conversation first.
    """
    then = None
    if step.item != "new" and talk.caller_id and _overtaken(arrival, talk):
        then = of_phone.in_hand(session, talk.caller_id, arrival.at, FRESH)
    number = then or talk.feedback_id
    return single.row(session, Feedback, number, lock=True) if number else None


def _text_kept(
    session: Session, arrival: Arrival, talk: Conversation, step: Step, item: Feedback
) -> None:
    """The text itself on its item, which is to be found by its words from now on."""
    insert_once(
        session,
        Text,
        feedback_id=item.id,
        sid=arrival.sid,
        received_at=arrival.at,
        body=arrival.get("Body"),
        kind=Kind(step.kind),
        question=None if _overtaken(arrival, talk) else _asked(talk, step),
    )
    search.due(session, item.id)


def _asked(talk: Conversation, step: Step) -> str | None:
    """The question that an answer answers, or that was open when these words came."""
    place = str(talk.state.get("place", ""))
    if step.kind == "answer" and place not in step.gave:  # one of before is taken back
        return next((question for question in (*ORDER, "safe") if question in step.gave), None)
    return place if place in ORDER else None


def _silent(session: Session, door: Door, arrival: Arrival, caller: Caller, step: Step) -> bool:
    """Whether the reply is held back: opted out, a short code, too late, or twelve in an hour.

    The crisis reply stands outside the limit: no count keeps help from anybody.
    """
    if not caller.reachable:
        return True
    if (arrival.late or arrival.given is not None) and not step.crisis:
        return True
    if caller.opted_out and not (step.keyword and step.keyword.word == "start"):
        return True
    since = arrival.at - timedelta(hours=1)
    given = ledger.replies_since(session, caller.id, since)
    return given >= door.script.line.limits.replies_an_hour and not step.crisis


def _effect(
    session: Session, door: Door, arrival: Arrival, caller: Caller, step: Step
) -> Feedback | None:
    """What a keyword does beside its reply. The item that DELETE was about, if there is one."""
    if step.keyword is None:
        return None
    match step.keyword.word:
        case "stop" | "start":
            callers.opted_out(session, caller, step.keyword.word == "stop")
        case "delete":
            days = door.script.line.limits.erase_after_days
            return items.delete(session, caller, step.keyword, arrival.at, days)
        case "keep":
            items.keep(session, caller, step.keyword, arrival.at)
    return None


def _remember(session: Session, talk: Conversation, thread: Thread, at: datetime) -> None:
    talk.state = stored(thread)
    # An older text, imported late, does not turn the clock of the conversation back.
    talk.touched_at = max(at, talk.touched_at)
    talk.closes_at = talk.touched_at + FRESH if talk.feedback_id else None
    talks.save(session, talk)
