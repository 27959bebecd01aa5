"""A text of a colleague who was told of an alert: "OK" says that they have it. All else goes on."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue import text_intake
from dialogue.answers import plain, reference
from dialogue.intake import Answer, Arrival, Door
from dialogue.thread import ANOTHER, ASKED, CLOSED, HELD, NOTHING
from store import alerts, feedback, talks
from store.alert_replies import Told, to_phone
from store.models import Caller, Channel, Conversation

# Whole texts. The last ones may also answer a question of the line: see `_asked_since`.
SURELY = {"ok", "okay", "ok ok", "ack", "acknowledged", "on it", "im on it", "got it", "i have it"}
SURELY |= {"ok on it", "ok im on it", "ok thanks", "ok thank you", "ok looking", "looking"}
SURELY |= {"okay thanks", "okay thank you", "ok will do", "okay will do", "acknowledge"}
SURELY |= {"ok got it", "ok i have it", "ive got it", "yes i have it", "yes ive got it", "yes ok"}
PERHAPS = {"yes", "y", "1", "one", "k", "👍"}
NO_QUESTION = (NOTHING, ANOTHER, CLOSED, HELD)
THE_TEST = "the test"


def take(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """One text: the answer to an alert, or like anybody's: colleagues are callers too."""
    told = _told(session, arrival, caller)
    if not told or caller is None:
        return text_intake.take(session, door, arrival, caller)
    words = _answered(session, told, arrival.at)
    if arrival.late or arrival.given is not None or caller.opted_out:
        return Answer(door.text(None))
    return Answer(door.text(words), replied=True, words=words)


def _told(session: Session, arrival: Arrival, caller: Caller | None) -> Sequence[Told]:
    """The alerts that this text may answer, the likeliest first; none if it is no answer."""
    said, given = _read(arrival.get("Body"))
    sure = said in SURELY
    if caller is None or not (sure or said in PERHAPS) or arrival.tier == "R1":
        return ()
    if not arrival.clean_sid("MessageSid", "(SM|MM)"):
        return ()
    told = to_phone(session, caller.id, arrival.at)
    if given:
        return [one for one in told if one[2] and one[2].reference == given]
    if not sure and told and _asked_since(session, arrival, caller, told):
        return ()
    still = [one for one in told if one[0].acknowledged_at is None]
    return still or ([one for one in told if sure][-1:])


def _read(body: str) -> tuple[str, str | None]:
    """ "OK K7RW-3X2" -> "ok" and the reference."""
    found = re.fullmatch(r"(\w+)[\s,.:]+(\S.*)", body.strip())
    given = reference(found[2]) if found else None
    said = found[1] if found and given else body
    return plain(said) or said.strip(), given


def _asked_since(session: Session, arrival: Arrival, caller: Caller, told: Sequence[Told]) -> bool:
    """Whether the line has asked this phone something since it was last told of an alert."""
    key = talks.key(caller.joined, arrival.get("To"))
    talk = session.scalars(
        select(Conversation).where(Conversation.channel == Channel.TEXT, Conversation.key == key)
    ).one_or_none()
    last = max(message.made_at for _, message, _ in told)
    if talk is None or talk.touched_at < last:
        return False
    state = talk.state
    return state.get("place", NOTHING) not in NO_QUESTION or state.get("safe") == ASKED


def _answered(session: Session, told: Sequence[Told], at: datetime) -> str:
    """Acknowledge the first, and say what that was, and what is left."""
    alert, message, item = told[0]
    mine = alerts.acknowledge(session, alert, message.person, alerts.How.REPLY, at)
    what = _shown(item.reference if item else None)
    who = "you have" if mine or alert.acknowledged_by == message.person else "somebody has"
    words = f"Thank you: {who} {what}."
    if alert.how is alerts.How.OVERTAKEN:  # nobody has it by this, and it may be urgent now
        words = f"Thank you. There is a newer alert for {what}: answer that one."
    left = [one for one in told[1:] if one[0].acknowledged_at is None]
    if left:
        _, _, next_item = left[0]
        next_one = _shown(next_item.reference if next_item else None)
        words += f" {len(left)} more not taken yet, next {next_one}: reply OK again for it."
    return words


def _shown(signs: str | None) -> str:
    return feedback.shown(signs) if signs else THE_TEST
