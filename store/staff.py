"""The rows of the desk: who works there, their notes, and each move they made."""

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice


class Role(StrEnum):
    """What somebody may do: see docs/decisions/0007-roles.md."""

    READER = "reader"
    TRIAGER = "triager"
    LEAD = "lead"
    DEPUTY = "deputy"
    ADMIN = "admin"


APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))


def folded(name: str) -> str:
    """A name as it is looked up: a telephone writes O’Brien where another keyboard has o'brien."""
    plain = unicodedata.normalize("NFKC", name.translate(APOSTROPHES)).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def _folded(made: Any) -> str:
    return folded(made.get_current_parameters()["name"])


class Staff(Base):
    """Somebody who signs in. A leaver is marked, never removed: their work keeps their name.

    `folded`: their name as it is looked up; of two whom a former version let be alike the later
    has none, and is found by the name to the letter.
    `factor`: the sealed secret of their second factor; `factor_step`: the last half minute whose
    code was used, so that no code works twice.
    """

    __tablename__ = "staff"
    __table_args__ = (Index("uq_staff_folded", "folded", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    folded: Mapped[str | None] = mapped_column(LongText, default=_folded)
    role: Mapped[Role] = mapped_column(choice(Role))
    password: Mapped[str] = mapped_column(String(200))
    one_time: Mapped[bool] = mapped_column(default=True)
    one_time_until: Mapped[datetime | None]
    factor: Mapped[bytes | None] = mapped_column(LargeBinary)
    factor_at: Mapped[datetime | None]
    factor_step: Mapped[int | None] = mapped_column(BigInteger)
    added_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class Note(Base):
    """What a colleague wants the next one to know. Never sent to anybody outside."""

    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    body: Mapped[str] = mapped_column(LongText)


class Move(Base):
    """One change of status: from what, to what, by whom, and why."""

    __tablename__ = "moves"
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    before: Mapped[str] = mapped_column(String(20))
    after: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))


class Turn(Base):
    """Whose turn a piece of work is that only one process may do at a time (the clock's)."""

    __tablename__ = "turns"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime]
