"""Lets in what no webhook brought, by the one door; a reply that is still due goes out by REST."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue import alert_intake, call_intake, callback_intake
from dialogue.call import Turn
from dialogue.intake import Answer, Arrival, Door, Step, receive
from store import caught_up, ledger, outgoing
from store.models import Text
from store.queue import HEAR, SEND, Bell
from triage import ears
from workers import listed
from workers.catch_up_counts import Counts, Side
from workers.listed import CALLS, RECORDINGS, Listed
from workers.room import Room

# What the ledger keeps as the answer: a webhook that comes after all is answered with silence,
# as the reply went out by itself.
SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response />'


class SomebodyWasFirst(Exception):
    """Its webhook came between the look and the leap: nothing of ours is kept, nobody answered."""


def let_in(room: Room, bell: Bell, counts: Counts, found: Listed) -> None:
    """One thing of Twilio's lists, counted. Raises TwilioAway where it cannot be asked who rang."""
    side = counts.of(found.kind)
    try:
        if found.kind == RECORDINGS:
            _recording(room, bell, side, found)
        elif found.kind == CALLS:
            _ended(room, side, found)
        else:
            _text(room, bell, counts, found)
    except SomebodyWasFirst:
        side.here += 1


def _text(room: Room, bell: Bell, counts: Counts, found: Listed) -> None:
    urgent = ears.tier(room.urgent.values(), listed.said(found.row, "body"))
    arrival = listed.text(found, room.now(), urgent)
    with room.database.writing() as session:
        answer = _received(session, room, arrival, alert_intake.take)
        number = _reply(session, room, arrival, answer)
    counts.texts.imported += 1
    if number:
        counts.replies += 1
        bell.ring(SEND, number)


def _reply(session: Session, room: Room, arrival: Arrival, answer: Answer) -> int | None:
    """The reply that the webhook would have carried, on its way by REST; None where none is due."""
    if answer.words is None:
        return None
    row = ledger.first_answer(session, arrival.kind, arrival.sid, arrival.turn)
    assert row.caller_id is not None  # a text without a sender gets no words
    return outgoing.make(
        session,
        key=f"{outgoing.REPLY}{arrival.sid}",
        caller_id=row.caller_id,
        feedback_id=session.scalar(select(Text.feedback_id).where(Text.sid == arrival.sid)),
        sender=arrival.get("To"),
        body=answer.words,
        at=room.now(),
        crisis=answer.crisis,
    )


def _ended(room: Room, side: Side, found: Listed) -> None:
    """The end of a call. One of which nothing else came is counted: that is all there is of it."""
    with room.database.writing() as session:
        known = bool(caught_up.calls(session, [found.sid]))
        _received(session, room, listed.ended(found), callback_intake.ended)
    side.imported += not known


def _recording(room: Room, bell: Bell, side: Side, found: Listed) -> None:
    """A recording, and before it its call if that never came: it says who rang."""
    call_sid = listed.said(found.row, "call_sid")
    with room.database.reading() as session:
        known = caught_up.answered(session, call_sid)
    call = None if known else room.carrier.lists.one("Calls", call_sid)
    if call and not (
        listed.wanted(CALLS, call) and room.script.line.number(listed.said(call, "to"))
    ):
        side.at_twilio -= 1  # another number's, or of a call that goes on: the next round's
        return
    with room.database.writing() as session:
        if call:
            at = listed.moment(call, "start_time", "date_created") or found.at
            receive(session, door(room), listed.call(call, call_sid, at), call_intake.take)
        answer = _received(session, room, listed.recording(found), callback_intake.recording)
    if answer.ring:
        bell.ring(HEAR, answer.ring, answer.seconds)
    side.imported += 1


def _received(session: Session, room: Room, arrival: Arrival, step: Step) -> Answer:
    """Through the door. Raises SomebodyWasFirst, which undoes everything."""
    if caught_up.came(session, arrival.kind, arrival.sid, arrival.turn):
        raise SomebodyWasFirst
    answer = receive(session, door(room), arrival, step)
    if answer.body != SILENCE:
        raise SomebodyWasFirst
    return answer


def door(room: Room) -> Door:
    """The one door, with nobody behind it who waits for TwiML."""
    return Door(room.script, room.seal, _no_text, _no_turn)


def _no_text(words: str | None, told: str | None = None) -> str:
    return SILENCE


def _no_turn(_turn: Turn) -> str:
    return SILENCE
