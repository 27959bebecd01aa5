"""Removes what the line may keep no longer: once a day by the clock, or by `retain`.

Each thing in a short transaction of its own, found by its row and not by a list: whoever breaks off
goes on with the rest. What is on hold stays.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from itertools import islice
from random import shuffle

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store import copies, factors, kept, looks, removals, rounds
from store.alert_rows import AlertMessage
from store.arrival_rows import Caller
from store.board_rows import View
from store.erasure_rows import Way
from store.models import Heard, Recording
from store.recordings import StoreAway
from store.recordings_due import UNFINISHED
from store.spool import Spool
from store.upkeep import Outgoing
from triage.going import AUDIO, ITEM, PHONE, Going, going
from triage.retention import Kind
from workers import erasure
from workers.room import Room

DAILY = timedelta(days=1)
AT_ONCE = 200  # of each kind: one turn of the clock is short, and the next goes on
NEVER_HEARD = "Nobody heard it: its time was over, and its sound was removed."
AT_TWILIO = {"text": copies.MESSAGE, "call": copies.CALL}

log = logging.getLogger(__name__)


def daily(room: Room) -> Counter[str] | None:
    """A part of today's round, if there is any left; its counts. None once the day is done."""
    with room.database.reading() as session:
        last = rounds.last(session).get(rounds.RETENTION)
    if last and room.now() - last < DAILY:
        return None
    done, away = retain_some(room)
    if not done and not away:
        with room.database.writing() as session:
            rounds.ran(session, rounds.RETENTION, room.now())
    return done


def retain(room: Room) -> Counter[str]:
    """All of it at once; how much of each kind."""
    whole: Counter[str] = Counter()
    done, away = retain_some(room)
    while done:
        whole += done
        done, away = retain_some(room)
    if not away:
        with room.database.writing() as session:
            rounds.ran(session, rounds.RETENTION, room.now(), whole)
    return whole


def retain_some(room: Room) -> tuple[Counter[str], bool]:
    """A part of what is due; nothing when nothing is left. And whether the place for audio is away,
    so that something is left all the same."""
    periods, now = room.script.line.retention.periods, room.now()
    with room.database.writing() as session:
        for phone in kept.unseen(session, AT_ONCE):
            phone.seen_at = kept.last_heard(session, phone)
    with room.database.reading() as session:
        due = _in_turn(session, list(islice(going(session, periods, now), AT_ONCE)))
    gone, away = _all_gone(room, due)
    done = Counter(str(one.until.kind) for one in gone)
    with room.database.writing() as session:
        done[Kind.LEDGER] = _ledger(session, room)
        done[Kind.OUTGOING] = _texts(session, room)
        done[Kind.ALERTS] = _alerts(session, room)
        done[Kind.LOOKS] = looks.drop(session, _before(room, Kind.LOOKS), AT_ONCE)
        done[Kind.LEAVERS] = _leavers(session, room)
    spool = Spool(room.settings.spool, room.seal)
    done[Kind.SET_ASIDE] = spool.aside.drop(_before(room, Kind.SET_ASIDE).timestamp())
    return +done, away


def _in_turn(session: Session, due: list[Going]) -> list[Going]:
    """What needs no audio first; the rest in no order, so that one whose audio alone is lost does
    not keep the others for ever."""
    loud = kept.with_sound(session, [one.id for one in due if one.what == ITEM])
    shuffle(due)
    return sorted(due, key=lambda one: one.what == AUDIO or (one.what == ITEM and one.id in loud))


def _all_gone(room: Room, due: list[Going]) -> tuple[list[Going], bool]:
    """What of this is gone now. While the place for audio is away, one try is enough."""
    gone = []
    for one in due:
        try:
            if _gone(room, one):
                gone.append(one)
        except StoreAway as why:
            log.error("retention waits: the place for audio cannot be used (%s)", why)
            return gone, True
    return gone, False


def _gone(room: Room, one: Going) -> bool:
    with room.database.writing() as session:
        return {ITEM: _item, AUDIO: _sound, PHONE: _phone}[one.what](session, room, one)


def _item(session: Session, room: Room, one: Going) -> bool:
    item = removals.locked(session, one.id)
    if item is None or item.erased_at or removals.held(session, item):
        return False
    erasure.erase(session, room, item, Way.RETENTION, room.now())
    return True


def _sound(session: Session, room: Room, one: Going) -> bool:
    """The words stay, if there are any. What nobody heard ends, and says why."""
    take = session.get(Recording, one.id, with_for_update=True)
    if take is None or take.audio_gone_at:
        return False
    if take.audio_key:
        room.recordings.delete(take.audio_key)
    copies.to_delete(session, copies.RECORDING, take.sid, room.now())
    if take.state in UNFINISHED:
        take.state, take.due_at, take.reason = Heard.FAILED, None, NEVER_HEARD
    take.audio_key, take.audio_gone_at = None, room.now()
    return True


def _phone(session: Session, room: Room, one: Going) -> bool:
    """From now on its number is forgotten, here and at Twilio: `workers/forgetting.py`."""
    phone = session.get(Caller, one.id, with_for_update=True)
    if phone is None or phone.forget_at or phone.forgotten_at:
        return False
    phone.forget_at = room.now()
    return True


def _ledger(session: Session, room: Room) -> int:
    rows = session.scalars(kept.ledger(_before(room, Kind.LEDGER)).limit(AT_ONCE)).all()
    for row in rows:
        if row.kind in AT_TWILIO:
            copies.to_delete(session, AT_TWILIO[row.kind], row.sid, room.now())
        row.fields, row.blanked_at = room.seal.close(erasure.NOTHING), room.now()
    return len(rows)


def _texts(session: Session, room: Room) -> int:
    rows = session.scalars(kept.texts(_before(room, Kind.OUTGOING)).limit(AT_ONCE)).all()
    for row in rows:
        _text_goes(session, room, row)
    return len(rows)


def _text_goes(session: Session, room: Room, row: Outgoing) -> None:
    if row.sid:
        copies.to_delete(session, copies.MESSAGE, row.sid, room.now())
    session.delete(row)


def _alerts(session: Session, room: Room) -> int:
    """Each alert with its messages, and the texts that those went out as."""
    rows = session.scalars(kept.alerts(_before(room, Kind.ALERTS)).limit(AT_ONCE)).all()
    for row in rows:
        messages = AlertMessage.alert_id == row.id
        texts = session.scalars(
            select(Outgoing)
            .join(AlertMessage, AlertMessage.outgoing_id == Outgoing.id)
            .where(messages)
        ).all()
        session.execute(delete(AlertMessage).where(messages))
        for text in texts:
            _text_goes(session, room, text)
        session.delete(row)
    return len(rows)


def _leavers(session: Session, room: Room) -> int:
    """Nobody signs in by these any more; the name stays on the work that they did."""
    rows = kept.leavers(session, _before(room, Kind.LEAVERS))
    for row in rows:
        row.password = ""
        factors.remove(session, row.id)
        session.execute(delete(View).where(View.by == row.name))
    return len(rows)


def _before(room: Room, kind: Kind) -> datetime:
    return room.now() - room.script.line.retention.periods[kind]
