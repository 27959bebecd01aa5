"""The rows of access: sessions, recovery codes, wrong tries, and who looked at what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, choice


class Kept(StrEnum):
    """What is kept of people with access: what they looked at, took away, or changed."""

    ITEM = "item"
    AUDIO = "audio"
    NUMBER = "number"
    SUBJECT = "subject"
    EXPORT = "export"
    STAFF = "staff"


class StaffSession(Base):
    """One browser in which somebody is signed in. To end it, its row goes.

    `key`: the hash of what the browser holds; who reads the table can sign in as nobody.
    `sure_at`: when the password was last typed.
    """

    __tablename__ = "staff_sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    browser: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]
    sure_at: Mapped[datetime]


class RecoveryCode(Base):
    """A code for a lost telephone, hashed; it works once."""

    __tablename__ = "recovery_codes"
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    code: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class Try(Base):
    """A try to sign in that failed, or is not over. `account`, `address`: hashed.

    `settled_at`: when it stopped counting, because whoever tried came in after all.
    """

    __tablename__ = "tries"
    __table_args__ = (
        Index("ix_tries_account", "account", "at"),
        Index("ix_tries_address", "address", "at"),
        Index("ix_tries_at", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    settled_at: Mapped[datetime | None]


class Look(Base):
    """Who looked at what, or took it away. It only grows; nobody at the desk can change it.

    `key`: a player asks for a recording in many pieces, and that is one look.
    """

    __tablename__ = "looks"
    __table_args__ = (
        Index("ix_looks_by", "by", "id"),
        Index("ix_looks_kind", "kind", "id"),
        Index("ix_looks_feedback_id", "feedback_id", "id"),
        Index("ix_looks_at", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    kind: Mapped[Kept] = mapped_column(choice(Kept))
    feedback_id: Mapped[int | None] = mapped_column(ForeignKey("feedback.id"))
    what: Mapped[str] = mapped_column(String(200), default="")
    why: Mapped[str] = mapped_column(String(500), default="")
    key: Mapped[str | None] = mapped_column(String(80), unique=True)
