"""A text of a colleague who was told of an alert: "OK" says that they have it. All else goes on."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue import text_intake
from dialogue.asked_for import reference
from dialogue.intake import Answer, Arrival, Door
from dialogue.plain import plain
from dialogue.thread import ANOTHER, ASKED, CLOSED, HELD, NOTHING
from store import alerts, references, talks
from store.alert_replies import Calls, Told, to_phone
from store.arrival_rows import Caller, Channel, Conversation
from store.models import Feedback
from tiers import URGENT

# Whole texts, but for a yes before and a thanks behind them. PERHAPS may also answer a question of
# the line: see `_asked_since`.
OK, YES = {"ok", "okay"}, {"yes", "yep", "yeah", "k"}
HAVE_IT = {"on it", "im on it", "got it", "have it", "i have it", "i got it", "i have got it"}
HAVE_IT |= {"ive got it", "got this", "ive got this", "ive got that", "looking", "im looking"}
HAVE_IT |= {"ill look", "i will look", "will look", "will do", "on my way", "im on my way"}
HAVE_IT |= {"ill take it", "i will take it", "taking it"}
HAVE_IT |= {"ack", "acknowledge", "acknowledged"}
POLITE = re.compile(r"(?:[\s,.!]+(?:thanks|thank you|ta|cheers|now|x+))+$", re.IGNORECASE)
ENDS = " .,!"
PERHAPS = {"yes", "y", "1", "one", "k", "yep", "yeah", "👍"}
# Of a thumb: the colour of its skin, and how it is drawn.
TINTED = re.compile(r"[\U0001f3fb-\U0001f3ff\ufe0f\s]")
SHORT = 60  # characters: a word about an alert; whoever tells us of care says more
NO_QUESTION = (NOTHING, ANOTHER, CLOSED, HELD)
THE_TEST = "the test"


def take(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Answer:
    """One text: the answer to an alert, or like anybody's: colleagues are callers too.

    A short one that may have been meant as an answer is kept like anybody's, and is told what is
    not taken yet: whoever thinks that they have it would be the last to look.
    """
    calls = _calls(session, door, arrival, caller)
    if calls is None or caller is None:
        return text_intake.take(session, door, arrival, caller)
    told = _meant(calls, arrival.get("Body"))
    if not told:
        return text_intake.take(session, door, arrival, caller, _not_taken(calls))
    words = _answered(session, caller, told, arrival.at)
    if arrival.late or arrival.given is not None or caller.opted_out:
        return Answer(door.text(None))
    return Answer(door.text(words), replied=True, words=words)


def _calls(session: Session, door: Door, arrival: Arrival, caller: Caller | None) -> Calls | None:
    """What this phone was told of, where a text may be about that."""
    body = arrival.get("Body").strip()
    if caller is None or not 0 < len(body) <= SHORT or arrival.tier in URGENT:
        return None
    if not arrival.clean_sid("MessageSid", "(SM|MM)"):
        return None
    said, given = _read(body)
    if not (_surely(said) or said in PERHAPS or caller.joined in door.on_rota):
        return None  # nobody else's text waits for one more look into the database
    named = to_phone(session, caller.id, arrival.at, given) if given else None
    calls = named or to_phone(session, caller.id, arrival.at)
    if calls and not _surely(said) and _asked_since(session, arrival, caller, calls.last):
        return None
    return calls


def _meant(calls: Calls, body: str) -> Told | None:
    """The alert that a text answers; None if it is no answer, or not for any that it could be."""
    said, given = _read(body)
    if given != calls.reference:
        return None
    if _surely(said):
        return calls.waiting or calls.taken
    return calls.waiting if said in PERHAPS else None


def _surely(said: str) -> bool:
    first, _, rest = said.partition(" ")
    if first in OK | YES and rest:
        return rest in HAVE_IT or rest in OK
    return said in HAVE_IT or said in OK


def _read(body: str) -> tuple[str, str | None]:
    """ "OK K7RW-3X2, thanks" -> "ok" and the reference."""
    said = POLITE.sub("", body.strip(ENDS)).strip(ENDS)
    found = re.fullmatch(r"(.*\w)[\s,.:-]+(\w{4}[\s-]?\w{3})", said)
    given = reference(found[2]) if found else None
    said = found[1] if found and given else said
    return plain(said) or TINTED.sub("", said), given


def _asked_since(session: Session, arrival: Arrival, caller: Caller, last: datetime) -> bool:
    """Whether the line has asked this phone something since it was last told of an alert."""
    key = talks.key(caller.joined, arrival.get("To"))
    talk = session.scalars(
        select(Conversation).where(Conversation.channel == Channel.TEXT, Conversation.key == key)
    ).one_or_none()
    if talk is None or talk.touched_at < last:
        return False
    state = talk.state
    return state.get("place", NOTHING) not in NO_QUESTION or state.get("safe") == ASKED


def _answered(session: Session, caller: Caller, told: Told, at: datetime) -> str:
    """Acknowledge it, and say what that was, and what is left."""
    alert, message, item = told
    mine = alerts.acknowledge(session, alert, message.person, alerts.How.REPLY, at)
    who = "you have" if mine or alert.acknowledged_by == message.person else "somebody has"
    words = f"Thank you: {who} {_shown(item)}."
    if alert.how is alerts.How.OVERTAKEN:  # nobody has it by this, and it may be urgent now
        words = f"Thank you. There is a newer alert for {_shown(item)}: answer that one."
    left = to_phone(session, caller.id, at)
    if left and left.waiting:
        following = _shown(left.waiting[2])
        words += f" {left.many} more not taken yet, next {following}: reply OK again for it."
    return words


def _not_taken(calls: Calls) -> str | None:
    if calls.waiting is None:
        return None
    what, left = _shown(calls.waiting[2]), calls.many - 1
    more = f" {left} more after it." if left else ""
    return f"Thank you, we have that. Not taken yet: {what}. Reply OK if you have it.{more}"


def _shown(item: Feedback | None) -> str:
    return references.shown(item.reference) if item else THE_TEST
