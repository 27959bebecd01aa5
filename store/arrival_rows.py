"""The rows of what arrives: who wrote or rang, what came in, and where each is in what is asked."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice, partial


class Channel(StrEnum):
    TEXT = "sms"
    VOICE = "voice"


class Caller(Base):
    """A phone, not a person: joined by its keyed hash, its number sealed.

    `forget_at`: from when its number is to go, everywhere; `trouble`: why it has not yet. Once it
    has, `number` is empty, and the hash stays: a STOP goes on counting, and so does a tombstone.
    `seen_at`: when it last texted or rang.
    """

    __tablename__ = "callers"
    id: Mapped[int] = mapped_column(primary_key=True)
    joined: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[bytes] = mapped_column(LargeBinary)
    reachable: Mapped[bool]
    opted_out: Mapped[bool] = mapped_column(default=False)
    first_seen: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    forget_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(300))


class Ledger(Base):
    """One row for each thing that came through the door, committed before it is answered."""

    __tablename__ = "ledger"
    __table_args__ = (
        UniqueConstraint("kind", "sid", "turn"),
        Index("ix_ledger_caller_id_received_at", "caller_id", "received_at"),
        Index("ix_ledger_received_at", "received_at"),
        partial("ix_ledger_quarantine", "received_at", where="quarantine IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    sid: Mapped[str] = mapped_column(String(64))
    turn: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime]
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("callers.id"))
    fields: Mapped[bytes] = mapped_column(LargeBinary)
    answer: Mapped[str] = mapped_column(LongText, default="")
    replies: Mapped[int] = mapped_column(default=0)
    quarantine: Mapped[str | None] = mapped_column(String(200))
    # When its raw fields were taken out: what is left says only that something came.
    blanked_at: Mapped[datetime | None]


class Conversation(Base):
    """Where somebody is: one for each call, one for each phone that texts a line."""

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        partial("ix_conversations_open", "closes_at", where="closes_at IS NOT NULL"),
        partial("ix_conversations_feedback_id", "feedback_id", where="feedback_id IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    key: Mapped[str] = mapped_column(String(100))
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("callers.id"))
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id"))
    state: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    removed = False  # no column: whether its item is hidden, by its person or the lead (`talks`)
