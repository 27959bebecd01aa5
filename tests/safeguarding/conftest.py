"""The desk's own fixtures, and a week of opening hours with a bank holiday in it."""

from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar

import pytest
from sqlalchemy import select

import handlers.desk.monday
from dialogue.script import Line
from handlers.desk import care, sample
from handlers.desk.words import reference
from hours import LONDON, Hours
from store.arrival_rows import Channel
from store.models import Feedback, Status
from tests.desk.conftest import NOW, Desk, both, chromium, desk, seat, tab, web

T = TypeVar("T")

__all__ = ["both", "chromium", "desk", "seat", "tab", "web"]

NINE_TO_FIVE = {day: (time(9), time(17)) for day in range(5)}
# Christmas Day 2026 is a Friday; Boxing Day is kept on the Monday after.
HOURS = Hours(NINE_TO_FIVE, frozenset({date(2026, 12, 25), date(2026, 12, 28)}))


def london(written: str) -> datetime:
    """2026-11-23 09:00 -> that moment in London, in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=LONDON).astimezone(UTC)


MONDAY = london("2026-11-30 09:30")


def item(received: str = "2026-11-23 11:00", **more: object) -> Feedback:
    """An item that is in no database, for the pure rules."""
    facts = {"tier": None, "signals": [], "status": Status.NEW, "purpose": "feedback"}
    facts["channel"] = Channel.TEXT
    return Feedback(received_at=london(received), **{**facts, **more})


class Then(datetime):
    """A clock that stands still on a Monday morning."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return MONDAY.astimezone(tz)


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is Monday 30 November 2026, half past nine, and we open from nine to five."""
    monkeypatch.setattr(Line, "opening", property(lambda _: HOURS))
    for module in (care, handlers.desk.monday, sample):
        monkeypatch.setattr(module, "datetime", Then)
    return MONDAY


def since(written: str) -> int:
    """How many minutes ago that was, as the desk's fixture wants it."""
    return int((NOW - london(written)).total_seconds() // 60)


def rows(desk: Desk, table: type[T]) -> list[T]:
    """Every row of a table, oldest first."""
    with desk.line.house.database.reading() as session:
        return list(session.scalars(select(table).order_by(table.id)))  # type: ignore[attr-defined]


def path(item: Feedback) -> str:
    return f"/feedback/{reference(item.reference)}"
