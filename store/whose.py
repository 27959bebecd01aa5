"""Whose data is meant: of a phone by its number, or of one item by its reference."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from store import callers, feedback, of_phone
from store.arrival_rows import Caller
from store.models import Feedback
from store.seal import Seal


def whose(
    session: Session, seal: Seal, number: str | None, reference: str
) -> tuple[Caller | None, Sequence[Feedback]]:
    """The phone with this number and its items; without a number the item of this reference alone.

    None and nothing where nobody is known by it.
    """
    if number:
        phone = callers.by_number(session, seal, number)
        return phone, of_phone.told_by(session, phone) if phone else []
    item = feedback.by_reference(session, reference)
    return None, [item] if item else []
