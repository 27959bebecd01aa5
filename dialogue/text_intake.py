"""A text arrives: find the phone's place, take one step, keep what was given."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dialogue import (
    contact_question,
    items,
    removed_items,
    text_items,
    texting,
    unmeant,
    urgent_items,
)
from dialogue.intake import NOT_LISTED, Answer, Arrival, Door
from dialogue.script import Script
from dialogue.thread import (
    FRESH,
    NO,
    NOTHING,
    STILL_WRITING,
    Arrived,
    Line,
    Step,
    Thread,
    restored,
    still,
    stored,
    unheard,
)
from store import callers, ledger, of_phone, references, talks
from store.arrival_rows import Caller, Channel, Conversation
from store.models import Feedback

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
    called = arrival.get("To")
    if caller is None or not arrival.clean_sid("MessageSid", "(SM|MM)"):
        return Answer(door.text(None), quarantine="a text without a sender or a MessageSid")
    if door.script.line.number(called) is None:
        return Answer(door.text(None), quarantine=f"a text {NOT_LISTED}")
    key = talks.key(caller.joined, called)
    talk = talks.begun(session, Channel.TEXT, key, caller.id, arrival.at)
    stood = restored(talk.state)
    removed = stood.begun and talk.removed
    before = stood.anew(NOTHING) if removed else stood
    arrival, step = _stepped(door.script, arrival, caller, talk, before)
    unsafe = step.thread.safe == NO != before.safe
    no_more = _no_more(door.script, arrival, talk, step)
    if unsafe or no_more:
        of_phone.hold_all(session, caller.id)
    item = text_items.keep(session, door, arrival, talk, step)
    silent = _silent(session, door, arrival, caller, step)
    if step.crisis and silent:
        urgent_items.unanswered(session, arrival.sid, arrival.known)
    _effect(session, door, arrival, caller, step)
    if no_more:
        items.no_more(session, caller.id, item.id if item else None)
    if unsafe:
        items.not_safe(session, caller.id)
    instead = instead if step.say and step.say.phrase in OF_FEEDBACK else None
    after = unheard(before, step.thread) if silent or instead else step.thread
    _remember(session, talk, _if_kept(stood, before, after), arrival.at)
    words = None
    if step.say and not silent:
        words = instead or _words(door, arrival, step.say, item)
    return _answer(door, arrival, step, words)


def _stepped(
    script: Script, arrival: Arrival, caller: Caller, talk: Conversation, before: Thread
) -> tuple[Arrival, Step]:
    """The text as it is kept, and its step: what is an answer to us alarms nobody."""
    language, said = script.line.languages[0], arrival.get("Body")
    answered = texting.answered(script, language, before, said)
    thread = still(before, talk.touched_at, arrival.at, answered)
    tier = unmeant.tier(script, language, thread, said, arrival.tier, arrival.reasons)
    if tier != arrival.tier:
        arrival = replace(arrival, tier=tier, reasons=arrival.reasons if tier else [])
    return arrival, texting.step(script, language, thread, _arrived(arrival, caller, talk))


def _no_more(script: Script, arrival: Arrival, talk: Conversation, step: Step) -> bool:
    """Whether they want no texts about anything; one that was overtaken may be older than a yes."""
    said = contact_question.about_all(script, script.line.languages[0], step, arrival.get("Body"))
    return said and not text_items.overtaken(arrival, talk)


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
        overtaken=text_items.overtaken(arrival, talk),
        burst=arrival.at - talk.touched_at < STILL_WRITING,
    )


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


def _effect(session: Session, door: Door, arrival: Arrival, caller: Caller, step: Step) -> None:
    """What a keyword does beside its reply."""
    if step.keyword is None:
        return
    match step.keyword.word:
        case "stop" | "start":
            callers.opted_out(session, caller, step.keyword.word == "stop")
        case "delete":
            days = door.script.line.limits.erase_after_days
            removed_items.delete(session, caller, step.keyword, arrival.at, days)
        case "keep":
            removed_items.keep(session, caller, step.keyword, arrival.at)


def _if_kept(stood: Thread, before: Thread, after: Thread) -> Thread:
    """Where the item in hand was removed its question waits for a KEEP, until they begin something
    else: then that is where they are."""
    same = before is not stood and after._replace(offered=before.offered) == before
    return stood if same else after


def _remember(session: Session, talk: Conversation, thread: Thread, at: datetime) -> None:
    talk.state = stored(thread)
    # An older text, imported late, does not turn the clock of the conversation back.
    talk.touched_at = max(at, talk.touched_at)
    talk.closes_at = talk.touched_at + FRESH if talk.feedback_id else None
    talks.save(session, talk)


def _words(door: Door, arrival: Arrival, say: Line, item: Feedback | None) -> str:
    shown = references.shown(item.reference) if item else ""
    at = arrival.answered_at or arrival.at
    return texting.spoken(door.script, door.script.line.languages[0], say, shown, at)


def _answer(door: Door, arrival: Arrival, step: Step, words: str | None) -> Answer:
    if words is None:
        # What was given while the database was away counts towards the limit like any reply.
        given = arrival.given not in (None, door.text(None)) and not step.crisis
        return Answer(door.text(None), replied=given)
    # A crisis reply is not counted: neither it nor its repeat is ever held back.
    body = door.text(words, arrival.sid) if step.crisis else door.text(words)
    return Answer(body, replied=not step.crisis, words=words, crisis=step.crisis)
