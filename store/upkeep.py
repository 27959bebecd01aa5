"""The rows of keeping watch: texts to send, incidents to tell of, when each round last ran."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice, partial


class Sending(StrEnum):
    """How far a text of ours has come. `unknown`: Twilio may have it; look before sending again."""

    DUE = "due"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"


class Outgoing(Base):
    """A text that goes out by Twilio's REST API, once: replies that no webhook could carry."""

    __tablename__ = "outgoing"
    __table_args__ = (
        partial("ix_outgoing_due_at", "due_at", where="due_at IS NOT NULL"),
        partial("ix_outgoing_crisis", "made_at", where="crisis", sqlite="crisis = 1"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    caller_id: Mapped[int] = mapped_column(ForeignKey("callers.id"))
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id"), index=True)
    sender: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(LongText)
    crisis: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    state: Mapped[Sending] = mapped_column(choice(Sending), default=Sending.DUE)
    sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    delivery: Mapped[str | None] = mapped_column(String(20))
    due_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(300))


class Incident(Base):
    """Something that staff or operator must know of: told once, closed when it is over.

    `told_at`: when somebody last had it, which only an operator asks, in the rows.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        partial("uq_incidents_open", "kind", where="closed_at IS NULL", unique=True),
        partial("ix_incidents_due_at", "due_at", where="due_at IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(String(300))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(300))


class Round(Base):
    """When a round of upkeep (sweep, catch-up, number check ...) last ran, and what it counted."""

    __tablename__ = "rounds"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
