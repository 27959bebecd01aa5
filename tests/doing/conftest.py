"""A desk with people who texted in, so that there is somebody to answer."""

import secrets
from typing import TypeVar

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from handlers.desk.words import reference
from store.arrival_rows import Caller
from store.doing_rows import Deed
from store.models import Feedback
from store.upkeep import Outgoing
from tests.desk.conftest import (  # noqa: F401 (fixtures)
    Desk,
    Seat,
    both,
    chromium,
    desk,
    seat,
    seated,
    tab,
    web,
)
from tests.driver import Line
from tests.workers.conftest import back, model, small, twilio  # noqa: F401 (fixtures)

T = TypeVar("T")
PHONE = "+447700900123"


def told(at: Desk, body: str = "The ward was clean", frm: str = PHONE, **facts: object) -> Feedback:
    """An item that somebody texted, with these facts put on it. They agreed to contact."""
    at.line.text(
        "NEW", frm=frm, sid=f"SM{secrets.token_hex(16)}"
    )  # so that the second of a phone is an item of its own
    at.line.text(body, frm=frm, sid=f"SM{secrets.token_hex(16)}")
    item = at.line.items()[-1]
    return change(at, item, **{"contact": True, **facts})


def change(at: Desk, item: Feedback, **facts: object) -> Feedback:
    with at.line.house.database.writing() as session:
        session.execute(update(Feedback).where(Feedback.id == item.id).values(**facts))
    return row(at, item)


def row(at: Desk, item: Feedback) -> Feedback:
    """The item as it is now."""
    with at.line.house.database.reading() as session:
        return session.get_one(Feedback, item.id)


def rows(at: Desk, table: type[T]) -> list[T]:
    with at.line.house.database.reading() as session:
        return list(session.scalars(select(table).order_by(table.id)))  # type: ignore[attr-defined]


def deeds(at: Desk, item: Feedback) -> list[str]:
    return [deed.did.value for deed in rows(at, Deed) if deed.feedback_id == item.id]


def sent(at: Desk) -> list[str]:
    return [text.body for text in rows(at, Outgoing)]


def opt_out(at: Desk, **facts: object) -> None:
    with at.line.house.database.writing() as session:
        session.execute(update(Caller).values(**facts))


def path(item: Feedback) -> str:
    return f"/feedback/{reference(item.reference)}"


def ref(item: Feedback) -> str:
    return reference(item.reference)


def key() -> str:
    return secrets.token_hex(16)


def send(sitting: Seat, to: str, /, **fields: object) -> TestResponse:
    """Send a form with a mark of its own, unless one is given."""
    return sitting.post(to, **{"key": key(), **fields})


def many(sitting: Seat, act: str, /, *items: Feedback, **fields: str) -> TestResponse:
    """One act on several items of a queue."""
    marks = [ref(item) for item in items]
    return send(sitting, "/bulk", act=act, items=marks, **fields)


def rings(line: Line, *keys: str) -> None:
    """Their phone rings for advice; the keys answer whether we may ring, and if that is safe."""
    call = line.ring(frm=PHONE)
    call.press("2")
    call.speak()
    call.press("1", *keys)
