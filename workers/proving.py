"""Says of an erasure that it is proved: nothing is left at Twilio, nor in the search index."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import copies, removals
from store.arrival_rows import Caller
from store.board_rows import SearchDue
from store.erasure_rows import Erasure
from workers.room import Room

AT_MOST = 200
AT_TWILIO = "Twilio still has {} of it{}."
INDEX = "Erased words are being driven out of the files."


def prove(room: Room) -> int:
    """Look at what is erased and not proved; how many are by now. What is left is on the row."""
    with room.database.writing() as session:
        asked = select(SearchDue.id).where(SearchDue.feedback_id.is_(None))
        packing = session.scalar(asked.limit(1))
        found = removals.unproved(session, AT_MOST)
        for row in found:
            row.trouble = left(session, row, packing is not None)
            row.proved_at = None if row.trouble else room.now()
        return sum(row.proved_at is not None for row in found)


def left(session: Session, row: Erasure, packing: bool) -> str | None:
    """What of an erased item is still somewhere, in words for staff; None: nothing."""
    there = copies.left(session, row.id)
    if there:
        why = next((f": {copy.reason.rstrip('.')}" for copy in there if copy.reason), "")
        return AT_TWILIO.format(len(there), why)[: removals.LONGEST]
    phone = session.scalars(select(Caller).where(Caller.joined == row.joined)).one_or_none()
    if phone and phone.forget_at:
        return phone.trouble or "The phone's number goes next."
    return INDEX if packing else None
