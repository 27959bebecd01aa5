"""What a call does to its item: opens it, puts on it what was pressed or said, completes it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue import items, phone_intake
from dialogue.call import Call, Did, Turn
from dialogue.intake import Arrival, Door
from dialogue.thread import NO
from store import recordings_told, single
from store.arrival_rows import Caller, Conversation, Ledger
from store.models import Feedback, Heard

NEVER_CAME = {"absent": Heard.NO_SPEECH, "failed": Heard.FAILED}

# A call whose end nobody told us is over by then: 20 minutes of talk, and some more.
FORGOTTEN = timedelta(hours=1)


class Ringing(NamedTuple):
    """Something that came of a call (`arrival`), and the conversation that it is in (`talk`)."""

    session: Session
    door: Door
    arrival: Arrival
    talk: Conversation


def identify(ringing: Ringing, caller: Caller | None, called: str) -> None:
    """A recording's callback names no caller; if it came first, the item learns who rang now."""
    session, door, _, talk = ringing
    if caller is None or talk.caller_id is not None:
        return
    talk.caller_id = caller.id
    item = _item(ringing)
    if item:
        item.caller_id = caller.id
        if phone_intake.said_not_safe(session, door, talk, called):
            item.safe = False
        single.save(session, item)


def expect(ringing: Ringing, call: Call, take: str, seconds: float | None) -> int | None:
    """Somebody spoke: on the call's item, before anybody has the audio. The row to ring for."""
    session, _, arrival, talk = ringing
    item = _item_of(ringing, call)
    items.voiced(item)
    items.written(session, talk, item)
    return recordings_told.expect(
        session,
        item.id,
        take,
        talk.key,
        arrival.at,
        language=call.language,
        seconds=seconds,
        replaces=(call.replaces or "").split(),
    )


def keep_take(ringing: Ringing, call: Call, did: Did) -> int | None:
    """What was said, if anything was. The row to ring for."""
    if did.take is None:
        return None
    ring = expect(ringing, call, did.take, did.seconds or None)
    for status in _said_before(ringing.session, did.take):
        recordings_told.never_came(ringing.session, did.take, NEVER_CAME[status], "")
    return ring


def keep_given(ringing: Ringing, turn: Turn) -> Feedback | None:
    """What was pressed, if it answers anything. The item of a call that ends, if it has one."""
    session, door, arrival, talk = ringing
    ends = turn.wait == "end"
    if turn.gave:
        if turn.gave.get("contact") == NO and turn.pressed:
            phone_intake.take_back(session, door, talk, arrival.get("To"))
        item = _item_of(ringing, turn.call)
        items.give(item, turn.gave)
        item.complete = item.complete or ends
        items.written(session, talk, item)
        return item if ends else None
    return _completed(ringing) if ends else None  # most steps read no item


def close(ringing: Ringing) -> None:
    """A call is over: its item is complete as it is."""
    _completed(ringing)
    ringing.talk.closes_at = None


def _item_of(ringing: Ringing, call: Call) -> Feedback:
    """The call's item, or a new one, for its first answer or recording. To be written."""
    item = _not_removed(ringing) or _begun(ringing, call)
    if call.purpose == "advice":
        item.purpose = call.purpose
    return item


def _not_removed(ringing: Ringing) -> Feedback | None:
    """The call's item, unless its person had it removed before this moment.

    What they go on to tell is something new, and is not to vanish with it.
    """
    item, at = _item(ringing), ringing.arrival.at
    if item is None or not (item.erased_at or (item.hidden_at and item.hidden_at < at)):
        return item
    item.complete = True
    single.save(ringing.session, item)
    return None


def _begun(ringing: Ringing, call: Call) -> Feedback:
    session, door, arrival, talk = ringing
    line = door.script.line
    item = items.begun(
        talk, line=line.id, notice=line.notice, language=call.language, at=arrival.at
    )
    if phone_intake.said_not_safe(session, door, talk, arrival.get("To")):
        item.safe = False
    return item


def _item(ringing: Ringing) -> Feedback | None:
    """The call's item, locked: what a colleague saves at this moment is not undone."""
    number = ringing.talk.feedback_id
    return single.row(ringing.session, Feedback, number, lock=True) if number else None


def _completed(ringing: Ringing) -> Feedback | None:
    item = _item(ringing)
    if item:
        item.complete = True
        single.save(ringing.session, item)
    return item


def _said_before(session: Session, take: str) -> Sequence[str]:
    """Whether Twilio said that it has no audio of a take before the call itself told of it."""
    return session.scalars(
        select(Ledger.turn).where(
            Ledger.kind == "recording", Ledger.sid == take, Ledger.turn.in_(NEVER_CAME)
        )
    ).all()
