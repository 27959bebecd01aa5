"""The rows of doing: each thing that was done about an item, pairs of items, moves in bulk."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, func
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice, partial
from store.models import Feedback


class Did(StrEnum):
    """What somebody did about an item, beside moves, notes, tiers, coding and the record."""

    ASSIGNED = "assigned"
    WAITS = "waits"
    BACK = "back"
    REPLY = "reply"
    COPY = "copy"
    PRAISE = "praise"
    LINKED = "linked"
    APART = "apart"
    NUMBER = "number"
    CALL = "call"
    OUTCOME = "outcome"
    UNDONE = "undone"


class Deed(Base):
    """One thing that was done: an item's history, which only grows.

    `key`: of the form that it came from, so that a double click does it once. `to`: the colleague,
    the provider, or the outcome. `way`: how. `then`: until when, or when it was done. `other`: the
    item that it is about too.
    """

    __tablename__ = "deeds"
    __table_args__ = (
        Index("ix_deeds_feedback_id", "feedback_id", "id"),
        partial("ix_deeds_other", "other", where="other IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    did: Mapped[Did] = mapped_column(choice(Did))
    key: Mapped[str | None] = mapped_column(String(80), unique=True)
    to: Mapped[str] = mapped_column(String(200), default="")
    way: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(LongText, default="")
    then: Mapped[datetime | None]
    other: Mapped[int | None] = mapped_column(ForeignKey("feedback.id"))


class Pair(Base):
    """Two items that belong together by somebody's word; or that do not, though a phone says so."""

    __tablename__ = "pairs"
    __table_args__ = (
        Index("uq_pairs_low_high", "low", "high", unique=True),
        Index("ix_pairs_high", "high"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    low: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    high: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    apart: Mapped[bool]


class Bulk(Base):
    """One act on several items. `items`: each with what it was before and after, to undo it."""

    __tablename__ = "bulks"
    __table_args__ = (Index("ix_bulks_at", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(300), default="")
    items: Mapped[list[Any]] = mapped_column(default=list)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(80))


# How many reports on one place came from one phone is asked on every item's page.
partial(
    "ix_feedback_of_place",
    Feedback.service,
    func.lower(Feedback.place),
    Feedback.received_at,
    where="place IS NOT NULL",
)
