"""The rows of the public half: what somebody told the line, in texts or aloud, and its words."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.arrival_rows import Caller, Channel
from store.columns import Base, choice, partial


class Status(StrEnum):
    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    FINISHED = "finished"


class Heard(StrEnum):
    """How far a recording has come. `no_speech`, `unclear` and `failed` reach a person."""

    EXPECTED = "expected"
    STORED = "stored"
    WORDS = "words"
    NO_SPEECH = "no_speech"
    UNCLEAR = "unclear"
    FAILED = "failed"


class Kind(StrEnum):
    """What a text was: something said, an answer to a question, a keyword, or a phone's own."""

    WORDS = "words"
    ANSWER = "answer"
    KEYWORD = "keyword"
    AUTOMATIC = "automatic"


class Feedback(Base):
    """One item: what somebody told the line about care, and what staff did with it."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_queue", "status", "rank", "received_at", "id"),
        Index("ix_feedback_received_at", "received_at", "id"),
        Index("ix_feedback_caller_id", "caller_id", "id"),
        # All that the figures count by: a page of them reads this index, and no item.
        Index(
            "ix_feedback_counted",
            *("received_at", "service", "channel", "language", "about", "line", "rating"),
            *("sentiment", "staff_rating", "provider_id", "caller_id"),
        ),
        partial("ix_feedback_outcome", "outcome", "received_at", "id", where="outcome IS NOT NULL"),
        partial(
            "ix_feedback_provider_id", "provider_id", "received_at", where="provider_id IS NOT NULL"
        ),
        partial("ix_feedback_erase_at", "erase_at", where="erase_at IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(7), unique=True)
    received_at: Mapped[datetime]
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    line: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    notice: Mapped[str] = mapped_column(String(20))
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("callers.id"))
    linked_to: Mapped[int | None] = mapped_column(ForeignKey("feedback.id"))
    purpose: Mapped[str] = mapped_column(String(20), default="feedback")
    service: Mapped[str | None] = mapped_column(String(20))
    place: Mapped[str | None] = mapped_column(String(200))
    rating: Mapped[str | None] = mapped_column(String(20))
    about: Mapped[str | None] = mapped_column(String(20))
    contact: Mapped[bool | None]
    safe: Mapped[bool | None]
    signals: Mapped[list[Any]] = mapped_column(default=list)
    complete: Mapped[bool] = mapped_column(default=False)
    tier: Mapped[str | None] = mapped_column(String(2))
    tier_reasons: Mapped[list[Any]] = mapped_column(default=list)
    tier_at: Mapped[datetime | None]
    rank: Mapped[int] = mapped_column(default=59)
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.NEW)
    sentiment: Mapped[str | None] = mapped_column(String(10))
    themes: Mapped[list[Any]] = mapped_column(default=list)
    assigned_to: Mapped[str | None] = mapped_column(String(80))
    held_by: Mapped[str | None] = mapped_column(String(80))
    held_until: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    looked_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    coded_at: Mapped[datetime | None]
    words_at: Mapped[datetime | None]
    passed_on_at: Mapped[datetime | None]
    waiting_until: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(40))
    # What staff made of it. `given`: the caller's own answers, where staff's coding stands now.
    given: Mapped[dict[str, Any] | None]
    provider: Mapped[str | None] = mapped_column(String(200))
    # Its number in the regulator's directory, where somebody chose it from there.
    provider_id: Mapped[str | None] = mapped_column(String(20))
    happened: Mapped[str | None] = mapped_column(String(100))
    happened_on: Mapped[date | None]
    staff_rating: Mapped[str | None] = mapped_column(String(20))
    closed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    erase_at: Mapped[datetime | None]
    erasure_asked_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    caller: Mapped[Caller | None] = relationship()
    texts: Mapped[list["Text"]] = relationship(order_by="Text.id")
    recordings: Mapped[list["Recording"]] = relationship(order_by="Recording.id")


class Text(Base):
    """A text as it was typed, and what it was taken for."""

    __tablename__ = "texts"
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    sid: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(LongText)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    question: Mapped[str | None] = mapped_column(String(20))


class Recording(Base):
    """One take of a caller's message: where its audio is, and how far its words have come."""

    __tablename__ = "recordings"
    __table_args__ = (
        partial("ix_recordings_due_at", "due_at", where="due_at IS NOT NULL"),
        # From a file to its row: whoever tidies a place asks this for each.
        partial("ix_recordings_audio_key", "audio_key", where="audio_key IS NOT NULL"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    sid: Mapped[str] = mapped_column(String(64), unique=True)
    call_sid: Mapped[str] = mapped_column(String(64))
    replaces: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(8))
    seconds: Mapped[float | None]
    state: Mapped[Heard] = mapped_column(choice(Heard), default=Heard.EXPECTED)
    reason: Mapped[str | None] = mapped_column(String(300))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    audio_key: Mapped[str | None] = mapped_column(String(200))
    sha256: Mapped[str | None] = mapped_column(String(64))
    # When its audio was removed because its time was over; the words may stay longer.
    audio_gone_at: Mapped[datetime | None]
    # The words as people put them right, and who listened to all; the machine's stay as heard.
    corrected: Mapped[str | None] = mapped_column(LongText)
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[str | None] = mapped_column(String(80))

    transcripts: Mapped[list["Transcript"]] = relationship(order_by="Transcript.id")


class Transcript(Base):
    """What one model made of one recording. An older one stays beside a newer one."""

    __tablename__ = "transcripts"
    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[int] = mapped_column(ForeignKey("recordings.id"), index=True)
    made_at: Mapped[datetime]
    model: Mapped[str] = mapped_column(String(80))
    model_hash: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(LongText)
    shown: Mapped[str] = mapped_column(LongText)
    confidence: Mapped[float]
    words: Mapped[list[Any]]
    shown_words: Mapped[list[Any]] = mapped_column(default=list)
