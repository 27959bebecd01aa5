"""Forgets a phone: its number, its rows in the ledger, and whatever of it Twilio still has."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from store import copies
from store.arrival_rows import Caller, Ledger
from store.erasure_rows import Erasure
from store.kept import HELD_PHONE
from store.outgoing import LAST_WORDS, UNFINISHED
from store.seal import CannotOpen
from store.spool import Spool
from store.upkeep import Outgoing, Sending
from workers.carrier import TwilioAway
from workers.erasure import NOTHING
from workers.listed import moment
from workers.room import Room

# Twilio tells within minutes how a text fared. After an hour nobody waits for its word.
WORD_OF_IT = timedelta(hours=1)
AGAIN = timedelta(minutes=10)
AT_MOST = 5  # phones of a sweep: Twilio is asked for four lists of each
SIDES = [
    (kind, *sides) for kind in ("Messages", "Calls") for sides in (("From", "To"), ("To", "From"))
]
WAITS = "A text to this phone is still on its way."

log = logging.getLogger(__name__)


def forget_due(room: Room) -> int:
    """Forget a few phones whose time has come; how many. What hinders one is on its row. A phone
    with an item on hold waits until that is lifted.

    While Twilio is away one try is enough: a sweep that asks it for each is held up by each.
    """
    wanted = select(Caller.id).where(Caller.forget_at <= room.now(), ~HELD_PHONE)
    with room.database.reading() as session:
        due = session.scalars(wanted.order_by(Caller.forget_at).limit(AT_MOST)).all()
    forgotten = 0
    for number in due:
        try:
            forgotten += _tried(room, number)
        except TwilioAway:
            break
    return forgotten


def forget(room: Room, number: int) -> bool:
    """Forget one phone, if nothing is under way to it. The keyed hash stays: see `Caller`."""
    try:
        return _tried(room, number)
    except TwilioAway:
        return False


def forget_those_who_wait(room: Room, items: Sequence[int]) -> None:
    """Try the phones of erased items at once that were put off: what they waited for may be over,
    like a text of ours that has arrived."""
    phones = (
        select(Caller.id)
        .join(Erasure, Erasure.joined == Caller.joined)
        .where(Erasure.feedback_id.in_(items), Caller.forget_at.is_not(None), ~HELD_PHONE)
        .distinct()
    )
    with room.database.reading() as session:
        waiting = session.scalars(phones).all()
    for number in waiting:
        forget(room, number)


def _tried(room: Room, number: int) -> bool:
    """Whether one phone is forgotten now. May raise TwilioAway, once that is on its row."""
    with room.database.reading() as session:
        caller = session.get(Caller, number)
        if caller is None or caller.forget_at is None:
            return False
        waits = _on_its_way(session, number, room.now())
    try:
        found = [] if waits else list(_at_twilio(room, caller, room.now()))
    except TwilioAway as why:
        _settle(room, number, [], f"{why}.")
        raise
    return _settle(room, number, found, waits)


def _settle(room: Room, number: int, found: list[tuple[str, str]], waits: str | None) -> bool:
    with room.database.writing() as session:
        row = session.get_one(Caller, number, with_for_update=True)
        if row.forget_at is None:
            return False  # somebody texted or rang meanwhile
        if waits:
            row.forget_at, row.trouble = room.now() + AGAIN, waits
            return False
        _gone(session, room, row, found)
    return True


def _on_its_way(session: Session, number: int, now: datetime) -> str | None:
    unheard = Outgoing.delivery.is_(None) | Outgoing.delivery.not_in(LAST_WORDS)
    wanted = select(Outgoing.id).where(
        Outgoing.caller_id == number,
        or_(
            Outgoing.state.in_(UNFINISHED),
            (Outgoing.state == Sending.SENT) & unheard & (Outgoing.made_at > now - WORD_OF_IT),
        ),
    )
    return WAITS if session.scalar(wanted.limit(1)) else None


def _at_twilio(room: Room, caller: Caller, until: datetime) -> Iterator[tuple[str, str]]:
    """Every text and call between this number and our line until now, as Twilio lists them.

    Replies in TwiML have no row of ours. What came later is none of this: it is still to be taken
    in; and what another line in the same account had with this number is not ours to remove.
    """
    try:
        number = room.seal.open(caller.number)
    except CannotOpen:
        return  # a key was lost, or it is gone already: nobody can ask for it by its number
    for kind, mine, ours in SIDES:
        for page in room.carrier.lists.pages(kind, {mine: number}):
            for row in page:
                at = moment(row, "date_created", "start_time", "date_sent")
                known = room.script.line.number(str(row.get(ours.lower()))) is not None
                if known and row.get("sid") and (at is None or at <= until):
                    yield kind, str(row["sid"])


def _gone(session: Session, room: Room, caller: Caller, found: list[tuple[str, str]]) -> None:
    now, mine = room.now(), Outgoing.caller_id == caller.id
    loose = mine & Outgoing.feedback_id.is_(None)
    ours = session.scalars(select(Outgoing.sid).where(mine)).all()
    found = [*found, *((copies.MESSAGE, sid) for sid in ours if sid)]
    theirs = select(Erasure.id).where(Erasure.joined == caller.joined)
    last = session.scalars(theirs.order_by(Erasure.id.desc()).limit(1)).one_or_none()
    if last:
        copies.to_prove(session, last, found, now)
        session.execute(update(Erasure).where(Erasure.id == last).values(proved_at=None))
    else:
        for kind, sid in found:
            copies.to_delete(session, kind, sid, now)
    session.execute(delete(Outgoing).where(loose))
    came = or_(Ledger.caller_id == caller.id, Ledger.sid.in_([sid for _, sid in found]))
    session.execute(
        update(Ledger)
        .where(came, Ledger.blanked_at.is_(None))
        .values(fields=room.seal.close(NOTHING), caller_id=None, blanked_at=now)
    )
    Spool(room.settings.spool, room.seal).aside.drop_of(caller.joined)
    caller.number, caller.forget_at, caller.forgotten_at, caller.trouble = b"", None, now, None
