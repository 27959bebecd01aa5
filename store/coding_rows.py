"""The rows of hearing and coding: each word put right, each choice made, what is read twice."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice, partial


class Correction(Base):
    """One save of somebody's better ear. `phrase` is None where the whole take was written anew.

    `transcript_id`: the machine's version that it puts right, if there was one; that never changes.
    """

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recordings.id"), index=True)
    transcript_id: Mapped[int | None] = mapped_column(ForeignKey("transcripts.id"), index=True)
    phrase: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    before: Mapped[str] = mapped_column(LongText)
    after: Mapped[str] = mapped_column(LongText)


class Reading(StrEnum):
    """Whose coding it is: the first reader's, a second one's who saw nothing of it, or the choice
    between the two."""

    FIRST = "first"
    SECOND = "second"
    SETTLED = "settled"


class Awaits(StrEnum):
    """What a first coding that was drawn for a second reader waits for."""

    SECOND = "second"
    SETTLING = "settling"


class Coding(Base):
    """One save of what an item is about. `offered`: suggestions that were shown; `taken`: kept."""

    __tablename__ = "codings"
    __table_args__ = (
        Index("ix_codings_feedback_id", "feedback_id", "id"),
        Index("ix_codings_at", "at"),
        partial("ix_codings_awaits", "awaits", "id", where="awaits IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    reading: Mapped[Reading] = mapped_column(choice(Reading))
    of: Mapped[int | None] = mapped_column(ForeignKey("codings.id"))
    coded: Mapped[dict[str, Any]]
    offered: Mapped[list[Any]] = mapped_column(default=list)
    taken: Mapped[list[Any]] = mapped_column(default=list)
    awaits: Mapped[Awaits | None] = mapped_column(choice(Awaits))
