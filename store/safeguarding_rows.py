"""The rows of safeguarding: tiers judged by people, what they decided, and the weekly sample."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice, partial
from store.models import Feedback


class TierChange(Base):
    """One judgement of a tier. `machine`: what the program had said; `reasons`: its reasons then.

    Three linked reports raise a tier by rule: those rows are the program's own, without a person.
    """

    __tablename__ = "tier_changes"
    __table_args__ = (
        Index("ix_tier_changes_feedback_id", "feedback_id", "id"),
        Index("ix_tier_changes_at", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"))
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(String(80))
    before: Mapped[str | None] = mapped_column(String(2))
    after: Mapped[str | None] = mapped_column(String(2))
    machine: Mapped[str | None] = mapped_column(String(2))
    reason: Mapped[str] = mapped_column(String(500))
    reasons: Mapped[list[Any]] = mapped_column(default=list)


class Decision(StrEnum):
    """What was done about a person at risk."""

    COUNCIL = "told_council"
    POLICE = "told_police"
    CHILDREN = "told_children"
    REGULATOR = "told_regulator"
    CONTACTED = "contacted"
    ADVISED = "advised"
    NO_ACTION = "no_action"
    OTHER = "other"


class Entry(Base):
    """One line of an item's safeguarding record. Never changed: a correction is a new line."""

    __tablename__ = "safeguarding_entries"
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    decision: Mapped[Decision] = mapped_column(choice(Decision))
    told: Mapped[str] = mapped_column(String(200))
    done_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(LongText)
    corrects: Mapped[int | None] = mapped_column(ForeignKey("safeguarding_entries.id"))


class Sample(Base):
    """One item of a week's sample for missed flags, and what the person who read it found."""

    __tablename__ = "samples"
    __table_args__ = (UniqueConstraint("week", "place"), UniqueConstraint("week", "feedback_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str] = mapped_column(String(8))
    place: Mapped[int]
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    drawn_at: Mapped[datetime]
    marked_at: Mapped[datetime | None]
    marked_by: Mapped[str | None] = mapped_column(String(80))
    missed: Mapped[bool | None]


# What a lead asks each Monday, without a look at every item that there ever was.
partial("ix_feedback_tiered", Feedback.received_at, where="tier IS NOT NULL")
partial("ix_feedback_linked_at", Feedback.received_at, where="linked_to IS NOT NULL")
partial("ix_feedback_waiting_until", Feedback.waiting_until, where="waiting_until IS NOT NULL")
Index("ix_feedback_assigned_to", Feedback.assigned_to, Feedback.status)
ASKED_ADVICE = "purpose = 'advice' AND status <> 'finished'"
partial("ix_feedback_advice", Feedback.received_at, where=ASKED_ADVICE)
