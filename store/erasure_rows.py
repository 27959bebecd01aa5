"""The rows of letting go: each item that was to be erased with its proof, and each legal hold."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.alert_rows import Alert
from store.arrival_rows import Caller, Ledger
from store.columns import Base, choice, partial
from store.copy_rows import TwilioCopy
from store.models import Feedback, Recording
from store.upkeep import Outgoing


class Way(StrEnum):
    """How somebody's words came to go: they texted, staff or operator were asked, or time is up."""

    TEXT = "text"
    DESK = "desk"
    COMMAND = "command"
    RETENTION = "retention"


class Verdict(StrEnum):
    """What the safeguarding lead decided about an item that may not simply go."""

    ERASE = "erase"
    KEEP = "keep"


class Erasure(Base):
    """One item that is to go, or has gone: a tombstone. No word of the person, and no number.

    `joined`: the phone's keyed hash. `due_at`: until when the lead is to decide, where the lead
    must. `gone`: how much was removed, by kind. `proved_at`: nothing of it was left anywhere,
    Twilio's copies and the search index too. `trouble`: why it is not erased, or not proved, yet.
    """

    __tablename__ = "erasures"
    __table_args__ = (partial("ix_erasures_open", "asked_at", where="proved_at IS NULL"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), unique=True)
    joined: Mapped[str | None] = mapped_column(String(32))
    asked_at: Mapped[datetime]
    way: Mapped[Way] = mapped_column(choice(Way))
    by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(500), default="")
    due_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict))
    trouble: Mapped[str | None] = mapped_column(String(300))
    erased_at: Mapped[datetime | None]
    gone: Mapped[dict[str, Any]] = mapped_column(default=dict)
    proved_at: Mapped[datetime | None]


class Hold(Base):
    """A legal hold: while it stands, neither time nor a wish removes the item."""

    __tablename__ = "holds"
    __table_args__ = (
        partial("uq_holds_standing", "feedback_id", where="lifted_at IS NULL", unique=True),
        Index("ix_holds_feedback_id", "feedback_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(500))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None] = mapped_column(String(80))
    lifted_reason: Mapped[str] = mapped_column(String(500), default="")


# What is to go is asked for every day, and nothing that is gone already is looked at for it.
partial("ix_callers_forget_at", Caller.forget_at, where="forget_at IS NOT NULL")
partial("ix_callers_kept", Caller.seen_at, where="forgotten_at IS NULL")
partial("ix_feedback_kept", Feedback.received_at, Feedback.id, where="erased_at IS NULL")
partial("ix_ledger_kept", Ledger.received_at, Ledger.id, where="blanked_at IS NULL")
Index("ix_outgoing_made_at", Outgoing.made_at)
Index("ix_alerts_opened_at", Alert.opened_at)
partial("ix_recordings_kept", Recording.received_at, where="audio_gone_at IS NULL")
partial(
    "ix_twilio_copies_of_erasure",
    TwilioCopy.erasure_id,
    where="erasure_id IS NOT NULL AND deleted_at IS NULL",
)
