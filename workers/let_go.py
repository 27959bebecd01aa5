"""Lets go of one item, or of a whole phone, at once: for the operator's command, with the proof."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import copies, of_phone, removals
from store.arrival_rows import Caller
from store.erasure_rows import Way
from store.models import Feedback, Recording, Text
from store.recordings import StoreAway
from store.staff import Note
from triage import removing
from workers import copying, erasure, forgetting, proving, searching
from workers.room import Room

PATIENCE = 60.0  # seconds for the files: the clock goes on with what is left


@dataclass(frozen=True)
class Proof:
    """What became of one item: how much is gone, and what is left and why (nothing: proved)."""

    reference: str
    gone: dict[str, int] = field(default_factory=dict)
    left: str | None = None
    for_the_lead: bool = False


def let_go(
    room: Room, numbers: Sequence[int], caller_id: int | None, tell: Callable[[str], None]
) -> tuple[list[Proof], str | None]:
    """Erase these items here and at Twilio, then the phone if nothing of it is left.

    Each item's proof, and why the number is still there although it should be gone (None: it is).
    """
    if caller_id is None:
        forgetting.forget_those_who_wait(room, numbers)
    proofs = [_erased(room, number) for number in numbers]
    number_left = None if caller_id is None else _forget_phone(room, caller_id, tell)
    tell("deleting at Twilio, and asking whether it is gone ...")
    _at_twilio(room)
    tell("driving erased words out of index and files ...")
    searching.drive_out(room, time.monotonic() + PATIENCE)
    proving.prove(room)
    return [_proved(room, proof) for proof in proofs], number_left


def _erased(room: Room, number: int) -> Proof:
    at = room.now()
    try:
        with room.database.writing() as session:
            item = removals.locked(session, number)
            assert item is not None  # a row stays for good, whatever was on it
            why = removing.needs_the_lead(item, removals.held(session, item) is not None)
            if item.erased_at is None and why:
                removals.ask(session, item, Way.COMMAND, at, for_the_lead=True)
                return Proof(item.reference, left=why, for_the_lead=True)
            if item.erased_at is None:
                if item.erasure_asked_at is None:
                    removals.ask(session, item, Way.COMMAND, at)
                erasure.erase(session, room, item, Way.COMMAND, at)
            return Proof(item.reference)
    except StoreAway as why:
        with room.database.writing() as session:
            item = session.get_one(Feedback, number, with_for_update=True)
            removals.ask(session, item, Way.COMMAND, at)
            removals.hide(item, at, at)  # the sweep goes on with it
            return Proof(item.reference, left=f"the place for audio cannot be used ({why})")


def _forget_phone(room: Room, caller_id: int, tell: Callable[[str], None]) -> str | None:
    """Why the number is not gone yet; None: it is, or it stays with an item that stays."""
    with room.database.writing() as session:
        caller = session.get_one(Caller, caller_id, with_for_update=True)
        if of_phone.told_by(session, caller):
            tell("the number stays with what stays")
            return None
        if caller.forgotten_at is None:
            caller.forget_at = room.now()
    if forgetting.forget(room, caller_id):
        tell("the number is gone; a keyed hash stays, so that a STOP goes on counting")
    with room.database.reading() as session:
        caller = session.get_one(Caller, caller_id)
        if caller.forgotten_at:
            return None
        return (caller.trouble if caller.forget_at else None) or "They texted or rang meanwhile."


def _at_twilio(room: Room) -> None:
    """Whatever an erasure waits for there; what fails is tried again by the workers."""
    with room.database.reading() as session:
        waiting = [copy.id for row in removals.unproved(session, removals.MOST)
                   for copy in copies.left(session, row.id)]  # fmt: skip
    for number in waiting:
        copying.delete(room, number)


def _proved(room: Room, proof: Proof) -> Proof:
    if proof.left:
        return proof
    with room.database.reading() as session:
        item = session.scalars(select(Feedback).where(Feedback.reference == proof.reference)).one()
        row = removals.of(session, item)
        rows = still_there(session, item)
        trouble = f"{rows} rows" if rows else row.trouble if row else None
        return Proof(proof.reference, dict(row.gone) if row else {}, trouble)


def still_there(session: Session, item: Feedback) -> int:
    """How many rows still hang on an erased item: none, or it is a fault of ours."""
    return sum(
        session.scalar(select(func.count()).where(table.feedback_id == item.id)) or 0
        for table in (Text, Recording, Note)
    )
