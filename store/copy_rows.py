"""The rows of what is to go: copies at Twilio, and sound that no item keeps any more."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, partial


class TwilioCopy(Base):
    """Something that is to go from Twilio, or from where audio lies; kept as proof after.

    `erasure_id`: the erasure that waits for it, whose proof says that Twilio was asked after it.
    """

    __tablename__ = "twilio_copies"
    __table_args__ = (partial("ix_twilio_copies_due_at", "due_at", where="due_at IS NOT NULL"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    sid: Mapped[str] = mapped_column(String(64), unique=True)
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(300))
    deleted_at: Mapped[datetime | None]
    erasure_id: Mapped[int | None]
