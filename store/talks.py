"""Where each call and each phone is in its conversation.

Read and written as plain rows, in statements that are built once: somebody holds a telephone and
hears silence meanwhile. So what is changed on one is kept by `save` alone.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import String, Table, bindparam, exists, select, update
from sqlalchemy.orm import Session

from store.arrival_rows import Caller, Channel, Conversation
from store.database import plainly
from store.inserts import insert_once
from store.models import Feedback
from store.prepared import Prepared
from store.single import fresh, plain

ROWS = cast(Table, Conversation.__table__)
# Read with the row, as each text asks. What is hidden at this very moment, while the row is waited
# for, may be missed: `text_items` looks at the item again when it has it alone.
HIDDEN = exists().where(Feedback.id == ROWS.c.feedback_id, Feedback.hidden_at.is_not(None))
FOUND = select(ROWS, HIDDEN.label("removed"))
KEYED = ROWS.c.channel == bindparam("channel"), ROWS.c.key == bindparam("key")
PLACE = Prepared(FOUND.where(*KEYED).with_for_update(of=ROWS))
PHONES = cast(Table, Caller.__table__)
TEXTED = Prepared(
    FOUND.join(PHONES, ROWS.c.key == PHONES.c.joined + ":" + bindparam("number", type_=String))
    .where(ROWS.c.channel == Channel.TEXT, PHONES.c.id == bindparam("phone"))
    .with_for_update(of=ROWS)
)
CHANGES = ("caller_id", "feedback_id", "state", "touched_at", "closes_at")
SAVE = Prepared(
    update(ROWS)
    .where(ROWS.c.id == bindparam("number"))
    .values({name: bindparam(name) for name in CHANGES})
)


def key(joined: str, number: str) -> str:
    """Under which a phone (by its keyed hash) and a number of ours have their conversation."""
    return f"{joined}:{number}"[:100]


def found(session: Session, channel: Channel, key: str) -> Conversation | None:
    """Where this call or phone is, locked until the commit: two texts at once take turns."""
    row = PLACE.row(plainly(session), {"channel": channel, "key": key})
    return plain(Conversation, row) if row else None


def texted(session: Session, phone: int, number: str) -> Conversation | None:
    """Where this phone is in what it texts to a number of ours, locked until the commit."""
    row = TEXTED.row(plainly(session), {"phone": phone, "number": number})
    return plain(Conversation, row) if row else None


def begun(
    session: Session, channel: Channel, key: str, caller_id: int | None, at: datetime
) -> Conversation:
    """The same; one that has just begun if there was none."""
    if talk := found(session, channel, key):
        return talk
    new: dict[str, object] = {
        "channel": channel,
        "key": key,
        "caller_id": caller_id,
        "state": {},
        "started_at": at,
        "touched_at": at,
    }
    if number := insert_once(session, Conversation, **new):
        return fresh(Conversation, {**new, "id": number, "removed": False})
    return cast(Conversation, found(session, channel, key))


def save(session: Session, talk: Conversation) -> None:
    """Keep where it is now."""
    changes = {name: getattr(talk, name) for name in CHANGES}
    SAVE.run(plainly(session), {"number": talk.id, **changes})
