"""What a text does to its item: finds or opens it, and puts the text and its answers on it."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from dialogue import items, urgent_items
from dialogue.answers import ORDER
from dialogue.intake import Arrival, Door
from dialogue.thread import FRESH, Step
from store import of_phone, search, single
from store.arrival_rows import Conversation
from store.inserts import insert_once
from store.models import Feedback, Kind, Text


def keep(
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
    before = urgent_items.news_to(item)
    items.give(item, step.gave)
    if step.kind == "words":
        items.signal(item, step.thread.signals)
        other_script = items.other_script(arrival.get("Body"))
        # Not when it came: who looked at the item since then has not seen these words.
        now = datetime.now(UTC)
        urgent_items.flag(item, arrival.tier, arrival.reasons, now, other_script)
        if step.item != "last" or not urgent_items.over(item):
            items.reopen(session, item, arrival.known)
    item.complete = item.complete or step.complete
    items.written(session, talk, item)
    _text_kept(session, arrival, talk, step, item)
    if step.kind == "words":
        urgent_items.summon(session, item, arrival.tier, before, arrival.known)
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
    if step.item != "new" and talk.caller_id and overtaken(arrival, talk):
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
        question=None if overtaken(arrival, talk) else _asked(talk, step),
    )
    search.due(session, item.id)


def _asked(talk: Conversation, step: Step) -> str | None:
    """The question that an answer answers, or that was open when these words came."""
    place = str(talk.state.get("place", ""))
    if step.kind == "answer" and place not in step.gave:  # one of before is taken back
        return next((question for question in (*ORDER, "safe") if question in step.gave), None)
    return place if place in ORDER else None


def overtaken(arrival: Arrival, talk: Conversation) -> bool:
    """Whether something that came after this text was taken first."""
    return arrival.at < talk.touched_at
